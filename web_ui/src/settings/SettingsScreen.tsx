/** Settings: this computer, what is sent, what waits, and the computers of the office. */
import { useApis } from '../api/context'
import { useMe } from '../shell/session'
import { DevicesCard } from './DevicesCard'
import { OutboxCard } from './OutboxCard'
import { SendingCard } from './SendingCard'
import styles from './settings.module.css'
import { ThisComputerCard } from './ThisComputerCard'

export function SettingsScreen() {
  const { agent } = useApis()
  const me = useMe()
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>Settings</h1>
      <div className={styles.grid}>
        {agent !== null && (
          <div className={styles.column}>
            <ThisComputerCard />
            <SendingCard />
          </div>
        )}
        <div className={styles.column}>
          {agent !== null && <OutboxCard />}
          {me !== null && <DevicesCard />}
        </div>
      </div>
    </div>
  )
}
