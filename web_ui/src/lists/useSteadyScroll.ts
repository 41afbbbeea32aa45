/** Keeps the rows in sight when others come in above them. */
import { type RefObject, useLayoutEffect, useRef } from 'react'

/** `hold` says that somebody is looking at a row, so that even the top of the list must not move. */
export function useSteadyScroll(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly string[],
  rowHeight: number,
  hold: boolean,
): void {
  const firstBefore = useRef<string | undefined>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    const before = firstBefore.current
    firstBefore.current = ids[0]
    if (element === null || before === undefined || before === ids[0]) return
    const added = ids.indexOf(before)
    const isLookedAt = hold || element.scrollTop > 0 || element.matches(':hover, :focus-within')
    if (added > 0 && isLookedAt) element.scrollTop += added * rowHeight
  }, [scroller, ids, rowHeight, hold])
}
