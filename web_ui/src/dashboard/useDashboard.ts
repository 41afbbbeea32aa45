/** The office's verified people, page by page, read again every few seconds. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DashboardFilters } from '../api/cloudApi'
import { useApis } from '../api/context'
import type { DashboardRow } from '../generated/types'
import { useKeptOrder } from '../lists/keepOrder'

const idOf = (row: DashboardRow) => row.candidate_id

export function useDashboard(filters: DashboardFilters) {
  const { cloud } = useApis()
  const query = useInfiniteQuery({
    queryKey: ['dashboard', filters],
    queryFn: ({ pageParam }) => cloud.dashboard(filters, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Many pages are read again less often: they are more to ask for, and older.
    refetchInterval: (asked) => ((asked.state.data?.pages.length ?? 0) > 3 ? 15_000 : 4000),
  })
  const fetched = useMemo(() => query.data?.pages.flatMap((page) => page.rows), [query.data])
  const rows = useKeptOrder(JSON.stringify(filters), fetched, idOf)
  return { query, rows, first: query.data?.pages[0] }
}
