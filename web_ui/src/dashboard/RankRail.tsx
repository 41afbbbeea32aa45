/** Left of the list: what waits, the ranks with their counts, the Archive. */
import { Link } from '@tanstack/react-router'
import type { DashboardData } from '../generated/types'
import type { DashboardSearch } from '../shell/router'
import { ScrollRegion } from '../shell/ScrollRegion'
import styles from './dashboard.module.css'
import { RailItem } from './RailItem'
import { SavedViewList, useViews } from './SavedViews'
import { viewOf } from './views'

interface Props {
  first: DashboardData | undefined
  search: DashboardSearch
  onGo(change: Partial<DashboardSearch>): void
}

/** The office counts those under Review up to this. */
const MOST_TO_REVIEW = 1000

function waiting(people: number | undefined) {
  if (people === undefined) return ''
  return people > MOST_TO_REVIEW ? `${MOST_TO_REVIEW}+` : people
}

export function RankRail({ first, search, onGo }: Props) {
  const archive = search.archive ?? false
  const calls = search.calls ?? false
  // What is shown has one name: a saved view of its own, or the list.
  const isNamed = viewOf(useViews(), search) !== undefined
  const counts = first?.rank_counts ?? []
  const active = counts.reduce((sum, count) => sum + count.active, 0)
  const archived = counts.reduce((sum, count) => sum + count.archived, 0)
  const shown = counts.filter(
    (count) => (archive ? count.archived : count.active) > 0 || count.rank_applied_for === search.rank,
  )
  return (
    <nav className={styles.rail} aria-label="Lists">
      <Link to="/review" className={styles.railItem}>
        <span>To review</span>
        <span className={styles.railCount}>{waiting(first?.to_review)}</span>
      </Link>
      <RailItem
        words="My call-backs"
        count={first?.my_call_backs}
        due={first?.call_backs_due}
        current={calls && !isNamed}
        onGo={() => onGo({ calls: true, archive: undefined, rank: undefined, status: undefined })}
      />
      <RailItem
        words="On the dashboard"
        count={first && active}
        current={!archive && !calls && !isNamed && search.rank === undefined}
        onGo={() => onGo({ archive: undefined, calls: undefined, rank: undefined, status: undefined })}
      />
      <RailItem
        words="Archive"
        count={first && archived}
        current={archive && !isNamed && search.rank === undefined}
        onGo={() => onGo({ archive: true, calls: undefined, rank: undefined, status: undefined })}
      />
      <SavedViewList search={search} onGo={onGo} />
      <h2 className={styles.railTitle}>Ranks applied for{archive ? ' (Archive)' : ''}</h2>
      <ScrollRegion label="Ranks" className={styles.ranks}>
        {shown.map((count) => (
          <RailItem
            key={count.rank_applied_for}
            words={count.rank_applied_for}
            count={archive ? count.archived : count.active}
            current={search.rank === count.rank_applied_for}
            onGo={() =>
              onGo({ rank: search.rank === count.rank_applied_for ? undefined : count.rank_applied_for })
            }
          />
        ))}
        {first && shown.length === 0 && <p className={styles.railNone}>None yet.</p>}
      </ScrollRegion>
    </nav>
  )
}
