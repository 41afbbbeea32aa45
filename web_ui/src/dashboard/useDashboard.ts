/** The office's verified people, page by page. What others change is folded in as it happens. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DashboardFilters } from '../api/cloudApi'
import { useApis } from '../api/context'
import type { DashboardRow } from '../generated/types'
import { useKeptOrder } from '../lists/keepOrder'
import { addedBy, foldChanges, type Pages, seqOf } from './foldChanges'
import { useOfficeChanges } from './useOfficeChanges'

const idOf = (row: DashboardRow) => row.candidate_id
const NOBODY: ReadonlySet<string> = new Set()

export function useDashboard(filters: DashboardFilters) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const readAgain = useCallback(() => void queries.invalidateQueries({ queryKey: ['dashboard'] }), [queries])
  const { newest, live } = useOfficeChanges(readAgain)
  const query = useInfiniteQuery({
    queryKey: ['dashboard', filters],
    queryFn: ({ pageParam }) => cloud.dashboard(filters, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Without the stream the list is read again; many pages less often: they are more to ask for, and older.
    refetchInterval: (asked) => (live ? 60_000 : (asked.state.data?.pages.length ?? 0) > 3 ? 15_000 : 4000),
  })
  const key = JSON.stringify(filters)
  const [view, setView] = useState({ key, turn: 0, added: NOBODY })
  const shown = view.key === key ? view : { key, turn: 0, added: NOBODY }
  const add = useCallback(
    (change: (added: ReadonlySet<string>) => ReadonlySet<string>) =>
      setView((old) => {
        const at = old.key === key ? old : { key, turn: 0, added: NOBODY }
        return { ...at, added: change(at.added) }
      }),
    [key],
  )
  useFoldedChanges(filters, query.data, newest, add)
  const fetched = useMemo(() => query.data?.pages.flatMap((page) => page.rows), [query.data])
  const rows = useKeptOrder(`${key} ${shown.turn}`, fetched, idOf, true)
  const waiting = useMemo(() => {
    const there = new Set(rows.map(({ id }) => id))
    const all = new Set([...shown.added, ...(fetched ?? []).map(idOf)])
    return [...all].filter((id) => !there.has(id)).length
  }, [rows, fetched, shown.added])
  const showAdded = async () => {
    await queries.resetQueries({ queryKey: ['dashboard', filters] })
    setView({ key, turn: shown.turn + 1, added: NOBODY })
  }
  return { query, rows, first: query.data?.pages[0], waiting, turn: shown.turn, showAdded }
}

/** Ask for what was changed whenever the office has a newer number than the pages, and fold it in. */
function useFoldedChanges(
  filters: DashboardFilters,
  data: Pages | undefined,
  newest: number | null,
  add: (change: (added: ReadonlySet<string>) => ReadonlySet<string>) => void,
): void {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const after = data === undefined ? null : seqOf(data)
  const key = JSON.stringify(filters)
  useEffect(() => {
    if (after === null || newest === null || newest <= after) return
    const stop = new AbortController()
    const queryKey = ['dashboard', JSON.parse(key) as DashboardFilters]
    cloud
      .changes(JSON.parse(key) as DashboardFilters, after, stop.signal)
      .then((changes) => {
        if (stop.signal.aborted) return
        const shown = queries.getQueryData<Pages>(queryKey)?.pages.some((page) => page.rows.length > 0)
        if (changes.too_many || !shown) {
          // Nobody is looked at whom new rows could move.
          void queries.invalidateQueries({ queryKey })
          return
        }
        queries.setQueryData<Pages>(queryKey, (pages) => pages && foldChanges(pages, after, changes))
        add((added) => addedBy(added, changes))
        for (const id of [...changes.rows.map(idOf), ...changes.gone]) {
          void queries.invalidateQueries({ queryKey: ['candidate', id] })
          void queries.invalidateQueries({ queryKey: ['history', id] })
        }
      })
      // The next change asks again, and so does the list's own reading.
      .catch(() => undefined)
    return () => stop.abort()
  }, [cloud, queries, key, after, newest, add])
}
