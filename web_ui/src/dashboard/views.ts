/** A saved view is a name for filters as they stand in the address. */
import type { DashboardFilters } from '../api/cloudApi'
import type { CandidateFilterOutput, SavedView } from '../generated/types'
import type { DashboardSearch } from '../shell/router'

/** The filters of an address, as the office is asked for them. */
export function filtersOf({ rank, status, archive, q, country, calls }: DashboardSearch): DashboardFilters {
  const filters: DashboardFilters = {}
  if (rank) filters.rank = rank
  if (status) filters.status = status
  if (archive) filters.archive = true
  if (q) filters.q = q
  if (country) filters.country = country
  if (calls) filters.call_backs = true
  return filters
}

/** The address of a view; what it does not filter by is taken out of the address that is shown. */
export function searchOf(filters: CandidateFilterOutput): DashboardSearch {
  return {
    rank: filters.rank || undefined,
    status: filters.status || undefined,
    archive: filters.archive || undefined,
    q: filters.q || undefined,
    country: filters.country || undefined,
    calls: filters.call_backs || undefined,
  }
}

/** The view that shows just what this address shows. */
export function viewOf(views: readonly SavedView[], search: DashboardSearch): SavedView | undefined {
  const shown = JSON.stringify(filtersOf(search))
  return views.find((view) => JSON.stringify(filtersOf(searchOf(view.filters))) === shown)
}
