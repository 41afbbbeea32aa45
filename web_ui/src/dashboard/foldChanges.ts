/** What others changed, folded into the pages that are on screen: nothing moves, and nothing is inserted. */
import type { InfiniteData } from '@tanstack/react-query'
import type { DashboardChanges, DashboardData } from '../generated/types'

export type Pages = InfiniteData<DashboardData>

/** The number of the newest change that all pages have for certain. */
export function seqOf(data: Pages): number {
  return Math.min(...data.pages.map((page) => page.seq))
}

/**
 * The pages after the changes since `after`: known people as they are now, in their places, without those who
 * left, and with the new counts. A page that was read before `after` keeps its number: it is asked for again.
 */
export function foldChanges(data: Pages, after: number, changes: DashboardChanges): Pages {
  const { rows, gone, seq, total, to_review, my_call_backs, call_backs_due, rank_counts } = changes
  const changed = new Map(rows.map((row) => [row.candidate_id, row]))
  const left = new Set(gone)
  const counts = { total, to_review, my_call_backs, call_backs_due, rank_counts }
  const pages = data.pages.map((page) => ({
    ...page,
    ...counts,
    seq: page.seq < after ? page.seq : Math.max(page.seq, seq),
    rows: page.rows
      .filter((row) => !left.has(row.candidate_id))
      .map((row) => changed.get(row.candidate_id) ?? row),
  }))
  return { ...data, pages }
}

/** Who is new to the list after the changes; somebody who left is not. */
export function addedBy(added: ReadonlySet<string>, changes: DashboardChanges): ReadonlySet<string> {
  const next = new Set([...added, ...changes.rows.map((row) => row.candidate_id)])
  for (const id of changes.gone) next.delete(id)
  return next
}
