/** Where the typing or the next key goes when something new is shown. */
import { type RefObject, useEffect, useRef } from 'react'

/** Put the focus on what gets this ref, once, as soon as it is shown. */
export function useFocusWhenShown<T extends HTMLElement>(): RefObject<T | null> {
  const shown = useRef<T>(null)
  useEffect(() => shown.current?.focus(), [])
  return shown
}
