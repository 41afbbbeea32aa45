/** Scrolls to the cursor when it was moved, and only then: a list that was read again scrolls nowhere. */
import { useEffect, useRef } from 'react'

export function useCursorInView(
  list: { scrollToIndex(index: number): void },
  ids: readonly string[],
  cursor: string | null,
): void {
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (cursor === seen.current) return
    seen.current = cursor
    const at = cursor === null ? -1 : ids.indexOf(cursor)
    if (at >= 0) list.scrollToIndex(at)
  }, [list, ids, cursor])
}
