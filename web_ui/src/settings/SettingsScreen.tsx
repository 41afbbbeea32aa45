/** Settings: this computer, what is sent, what waits, the computers of the office; for admins what is kept and who did what. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useApis } from '../api/context'
import { AuditCard } from '../governance/AuditCard'
import { KeepingCard } from '../governance/KeepingCard'
import { useMaySeeOperations } from '../operations/OperationsScreen'
import { useMaySeePeople } from '../people/PeopleScreen'
import { useMe } from '../shell/session'
import { UpdatesCard } from '../updates/UpdatesCard'
import { DevicesCard } from './DevicesCard'
import { GuideLine } from './GuideLine'
import { OutboxCard } from './OutboxCard'
import { PaceCard } from './PaceCard'
import { SendingCard } from './SendingCard'
import { StartCard } from './StartCard'
import { SupportCard } from './SupportCard'
import styles from './settings.module.css'
import { ThisComputerCard } from './ThisComputerCard'

export function SettingsScreen() {
  const { agent } = useApis()
  const me = useMe()
  const maySeeOperations = useMaySeeOperations()
  const maySeePeople = useMaySeePeople()
  const navigate = useNavigate()
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>Settings</h1>
        <span className={styles.buttons}>
          {maySeeOperations && (
            <Button variant="default" size="compact-md" onClick={() => void navigate({ to: '/operations' })}>
              Operations
            </Button>
          )}
          {maySeePeople && (
            <Button variant="default" size="compact-md" onClick={() => void navigate({ to: '/people' })}>
              People of the office
            </Button>
          )}
          {agent !== null && <GuideLine />}
        </span>
      </header>
      <div className={styles.grid}>
        {agent !== null && (
          <div className={styles.column}>
            <ThisComputerCard />
            <SendingCard />
            <UpdatesCard />
            <StartCard />
          </div>
        )}
        <div className={styles.column}>
          {agent !== null && <OutboxCard />}
          {agent !== null && <PaceCard />}
          {me !== null && <DevicesCard />}
          {agent !== null && <SupportCard />}
        </div>
        {me?.actions.includes('retention.set') && (
          <div className={`${styles.column} ${styles.wide}`}>
            <KeepingCard />
          </div>
        )}
        {me?.actions.includes('audit.read') && (
          <div className={`${styles.column} ${styles.wide}`}>
            <AuditCard />
          </div>
        )}
      </div>
    </div>
  )
}
