/** Lists that are read again every few seconds, under somebody's eyes: rows stay where they are. */
import { useState } from 'react'

/** A row as it is shown; `gone` when the list does not have it any more. */
export interface Kept<T> {
  id: string
  item: T
  gone: boolean
}

/**
 * The rows to show after a list was read again.
 *
 * Known rows keep their place with what is new in them, and those that left stay as `gone`. New rows that
 * come before a known one go on top, the others to the end: in neither place do they move what is between.
 * With `hold` the ones above are left out, until another view asks for them.
 */
export function keepOrder<T>(
  shown: readonly Kept<T>[],
  fetched: readonly T[],
  idOf: (item: T) => string,
  hold = false,
): Kept<T>[] {
  const newest = new Map(fetched.map((item) => [idOf(item), item]))
  const known = new Set(shown.map(({ id }) => id))
  const lastKnown = fetched.findLastIndex((item) => known.has(idOf(item)))
  const above: Kept<T>[] = []
  const below: Kept<T>[] = []
  fetched.forEach((item, index) => {
    const id = idOf(item)
    if (!known.has(id)) (index < lastKnown ? above : below).push({ id, item, gone: false })
  })
  const stayed = shown.map(({ id, item }) => ({ id, item: newest.get(id) ?? item, gone: !newest.has(id) }))
  return [...(hold ? [] : above), ...stayed, ...below]
}

/** `keepOrder` from one reading to the next; another `view` (filters) starts anew. */
export function useKeptOrder<T>(
  view: string,
  fetched: readonly T[] | undefined,
  idOf: (item: T) => string,
  hold = false,
): Kept<T>[] {
  const [state, setState] = useState<{ view: string; fetched: readonly T[] | undefined; kept: Kept<T>[] }>({
    view,
    fetched: undefined,
    kept: [],
  })
  if (fetched !== undefined && (state.fetched !== fetched || state.view !== view)) {
    const before = state.view === view ? state.kept : []
    setState({ view, fetched, kept: keepOrder(before, fetched, idOf, hold) })
  }
  return state.view === view ? state.kept : []
}

/** The row after moving the cursor; without a cursor the first. */
export function moved(ids: readonly string[], cursor: string | null, step: number): string | null {
  if (ids.length === 0) return null
  const at = cursor === null ? -1 : ids.indexOf(cursor)
  if (at < 0) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}
