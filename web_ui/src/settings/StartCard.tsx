/** Starting at login, and what closing the window does. */
import { Switch } from '@mantine/core'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import styles from './settings.module.css'
import { useSettings } from './useSettings'
import { useStatus } from './useStatus'

export function StartCard() {
  const { settings, change } = useSettings()
  const { data: status } = useStatus()
  const { data: health } = useHealth()
  return (
    <section className={styles.card} aria-labelledby="start-title">
      <h2 id="start-title">Start and close</h2>
      {settings && (
        <Switch
          label="Start NjordHR when I log in to this computer"
          description="It starts without a window, so that what waits is sent and colleagues can ask for resumes."
          disabled={status?.auto_start.reason === 'auto-start.not-possible' && !settings.auto_start}
          checked={settings.auto_start}
          onChange={(event) => change.mutate({ auto_start: event.currentTarget.checked })}
        />
      )}
      {status?.auto_start.reason && <ReasonNote reason={status.auto_start.reason} tone="warn" />}
      {change.error && <ProblemNote error={change.error} />}
      <p className={styles.soft}>
        {health?.native_dialogs
          ? 'Closing the window only hides it: downloads and sending go on. Starting NjordHR again shows it; Quit in the menu ends it.'
          : 'Closing this page ends nothing: downloads and sending go on as long as NjordHR runs on this computer.'}
      </p>
    </section>
  )
}
