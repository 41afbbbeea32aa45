/** The top bar: where to go, find anyone, mode, sync, person. */
import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApis } from '../api/context'
import { Brand } from './Brand'

import { FindIcon } from './icons'
import { useFindOverlay } from './overlays'
import { PersonMenu } from './PersonMenu'
import type { DashboardSearch } from './router'
import type { ScreenName } from './Shell'
import { SyncBadge } from './SyncBadge'
import { useMe } from './session'
import styles from './shell.module.css'

interface Props {
  screen: ScreenName
  dashboardSearch: DashboardSearch
  onSignIn(): void
}

export function TopBar({ screen, dashboardSearch, onSignIn }: Props) {
  const { agent } = useApis()
  const { open: openFind } = useFindOverlay()
  const toReview = useToReview()
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <Brand />
        <span className={styles.brandName}>NjordHR</span>
      </span>
      <nav className={styles.nav} aria-label="Screens">
        <Link
          to="/download"
          className={styles.link}
          aria-current={screen === 'download' ? 'page' : undefined}
        >
          Download
        </Link>
        <Link to="/review" className={styles.link} aria-current={screen === 'review' ? 'page' : undefined}>
          Review
          {toReview > 0 && (
            <span className={styles.count}>
              {toReview}
              <span className="visually-hidden"> to review</span>
            </span>
          )}
        </Link>
        <Link
          to="/dashboard"
          search={dashboardSearch}
          className={styles.link}
          aria-current={screen === 'dashboard' ? 'page' : undefined}
        >
          Dashboard
        </Link>
      </nav>
      <UnstyledButton className={styles.find} onClick={openFind} title="Find anyone">
        <FindIcon />
        <span className={styles.findText}>Find anyone</span>
        <kbd className={styles.findKey}>Ctrl K</kbd>
      </UnstyledButton>
      <span className={styles.mode}>{agent === null ? 'Cloud only' : 'Cloud + Local Agent'}</span>
      {agent !== null && <SyncBadge />}
      <PersonMenu onSignIn={onSignIn} />
    </header>
  )
}

/** How many wait under Review, from the same small question that the dashboard asks. */
function useToReview(): number {
  const { cloud } = useApis()
  const me = useMe()
  const { data } = useQuery({
    queryKey: ['review', 'count'],
    queryFn: () => cloud.reviewCount(),
    enabled: me !== null,
    refetchInterval: 10_000,
  })
  return data?.total ?? 0
}
