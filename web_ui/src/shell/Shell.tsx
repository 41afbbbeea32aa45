/** Top bar, the screens, bottom strip. Each screen that was opened stays alive while another one is shown. */
import { useRouterState } from '@tanstack/react-router'
import { Activity, type ReactNode, useState } from 'react'
import { useApis } from '../api/context'
import { DashboardScreen } from '../dashboard/DashboardScreen'
import { DownloadScreen } from '../download/DownloadScreen'
import { GuideOpener } from '../guide/GuideOpener'
import { GuideScreen } from '../guide/GuideScreen'
import { HostedDownloadScreen } from '../hosted/HostedDownloadScreen'
import { OperationsScreen } from '../operations/OperationsScreen'
import { PeopleScreen } from '../people/PeopleScreen'
import { ReviewScreen } from '../review/ReviewScreen'
import { SettingsScreen } from '../settings/SettingsScreen'
import { ToastShelf } from '../undo/ToastShelf'
import { UpdateBanner } from '../updates/UpdateBanner'
import { BottomStrip } from './BottomStrip'
import { FindAnyone } from './FindAnyone'
import { KeyList } from './KeyList'
import { type DashboardSearch, dashboardSearch } from './router'
import styles from './shell.module.css'
import { TopBar } from './TopBar'
import { WindowTitle } from './WindowTitle'

export type ScreenName = 'download' | 'review' | 'dashboard' | 'guide' | 'settings' | 'people' | 'operations'

export function Shell({ onSignIn }: { onSignIn(): void }) {
  const { agent } = useApis()
  const { screen, search } = usePlace()
  const [visited, setVisited] = useState<ReadonlySet<ScreenName>>(new Set([screen]))
  const [lastSearch, setLastSearch] = useState<DashboardSearch>({})
  if (!visited.has(screen)) setVisited(new Set([...visited, screen]))
  if (search !== null && JSON.stringify(search) !== JSON.stringify(lastSearch)) setLastSearch(search)

  const kept = (name: ScreenName, element: ReactNode) =>
    visited.has(name) && (
      <Activity mode={name === screen ? 'visible' : 'hidden'}>
        <div className={styles.screen}>{element}</div>
      </Activity>
    )
  return (
    <div className={styles.frame}>
      <TopBar screen={screen} dashboardSearch={lastSearch} onSignIn={onSignIn} />
      <div className={styles.banner}>{agent !== null && <UpdateBanner />}</div>
      <main className={styles.main} id="main">
        {kept('download', agent === null ? <HostedDownloadScreen /> : <DownloadScreen />)}
        {kept('review', <ReviewScreen />)}
        {kept('dashboard', <DashboardScreen search={search ?? lastSearch} />)}
        {/* It goes on where things stand, whenever it is opened. */}
        {agent !== null && screen === 'guide' && (
          <div className={styles.screen}>
            <GuideScreen />
          </div>
        )}
        {kept('settings', <SettingsScreen />)}
        {kept('people', <PeopleScreen />)}
        {kept('operations', <OperationsScreen />)}
      </main>
      <ToastShelf />
      <BottomStrip />
      <FindAnyone />
      <KeyList />
      <WindowTitle screen={screen} />
      {agent !== null && <GuideOpener screen={screen} />}
    </div>
  )
}

const SCREENS: Record<string, ScreenName> = {
  download: 'download',
  review: 'review',
  dashboard: 'dashboard',
  guide: 'guide',
  settings: 'settings',
  people: 'people',
  operations: 'operations',
}

function usePlace(): { screen: ScreenName; search: DashboardSearch | null } {
  const location = useRouterState({ select: (state) => state.location })
  const last = location.pathname.split('/').findLast((part) => part !== '') ?? ''
  const screen = SCREENS[last] ?? 'dashboard'
  const search = screen === 'dashboard' ? dashboardSearch(location.search as Record<string, unknown>) : null
  return { screen, search }
}
