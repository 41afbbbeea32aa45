/** Left of the list: what waits, the ranks with their counts, the Archive. */
import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { DashboardData } from '../generated/types'
import type { DashboardSearch } from '../shell/router'
import { ScrollRegion } from '../shell/ScrollRegion'
import styles from './dashboard.module.css'

interface Props {
  first: DashboardData | undefined
  search: DashboardSearch
  onGo(change: Partial<DashboardSearch>): void
}

export function RankRail({ first, search, onGo }: Props) {
  const archive = search.archive ?? false
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
        <span className={styles.railCount}>{first?.to_review ?? ''}</span>
      </Link>
      <RailItem
        words="On the dashboard"
        count={first && active}
        current={!archive && search.rank === undefined}
        onGo={() => onGo({ archive: undefined, rank: undefined, status: undefined })}
      />
      <RailItem
        words="Archive"
        count={first && archived}
        current={archive && search.rank === undefined}
        onGo={() => onGo({ archive: true, rank: undefined, status: undefined })}
      />
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

interface ItemProps {
  words: string
  count: number | undefined
  current: boolean
  onGo(): void
}

function RailItem({ words, count, current, onGo }: ItemProps) {
  return (
    <UnstyledButton className={styles.railItem} aria-current={current ? 'true' : undefined} onClick={onGo}>
      <span className={styles.railWords}>{words}</span>
      <span className={styles.railCount}>{count ?? ''}</span>
    </UnstyledButton>
  )
}
