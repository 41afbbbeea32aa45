/** Takes the focus to the cursor's row when a key moved it, so that Enter means the row and not what had the focus. */
import { type RefObject, useEffect } from 'react'

/** `steps` counts the moves with a key; a click keeps the focus where it put it. */
export function useFocusOnCursor(
  scroller: RefObject<HTMLElement | null>,
  cursor: string | null,
  steps: number,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a cursor that a click or another reading moved takes no focus
  useEffect(() => {
    const list = scroller.current
    if (steps === 0 || list === null || cursor === null) return
    if (focusRow(list, cursor)) return
    // A row out of sight is drawn once the list has scrolled to it.
    list.focus({ preventScroll: true })
    const frame = requestAnimationFrame(() => focusRow(list, cursor))
    return () => cancelAnimationFrame(frame)
  }, [steps])
}

function focusRow(list: HTMLElement, id: string): boolean {
  const row = list.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  return row !== null
}
