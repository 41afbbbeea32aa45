/** What this computer sends to the office, and what waits for it now. */
import { Switch } from '@mantine/core'
import { useId } from 'react'
import { ProblemNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { counted } from '../words/numbers'
import styles from './settings.module.css'
import { useSettings } from './useSettings'

export function SendingCard() {
  const titleId = useId()
  const { settings, error, change } = useSettings()
  const { data: health } = useHealth()
  const records = (health?.outbox.waiting ?? 0) + (health?.outbox.parked ?? 0)
  const resumes = health?.outbox.uploads_waiting ?? 0
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>Sending to the office</h2>
      {error && <ProblemNote error={error} background />}
      {settings && (
        <>
          <Switch
            label="Send to the office what was downloaded"
            description="Whose resume came in and how each download went, so that everybody can review. Off: it waits here until it is on again; nothing is lost."
            checked={settings.cloud_sync_enabled}
            onChange={(event) => change.mutate({ cloud_sync_enabled: event.currentTarget.checked })}
          />
          <p className={styles.waits} role="status">
            {waitsText(records, 'record', settings.cloud_sync_enabled)}
          </p>
          <Switch
            label="Send the resumes’ PDFs as well"
            description="So that colleagues can open them. Off: a colleague sees the facts, and can ask this computer for a PDF, but only this computer has it."
            checked={settings.cloud_upload_resumes}
            onChange={(event) => change.mutate({ cloud_upload_resumes: event.currentTarget.checked })}
          />
          <p className={styles.waits} role="status">
            {waitsText(resumes, 'resume', settings.cloud_sync_enabled && settings.cloud_upload_resumes)}
            {settings.cloud_upload_resumes && !settings.cloud_sync_enabled
              ? ' PDFs follow their records, which are off.'
              : ''}
          </p>
        </>
      )}
      {change.error && <ProblemNote error={change.error} />}
    </section>
  )
}

/** What waits now, and whether it goes by itself. */
export function waitsText(count: number, what: string, isOn: boolean): string {
  if (count === 0) return isOn ? `No ${what} waits.` : `Off. No ${what} waits now.`
  const waits = `${counted(count, what)} ${count === 1 ? 'waits' : 'wait'}`
  return isOn
    ? `${waits}, and ${count === 1 ? 'goes by itself' : 'go by themselves'}.`
    : `Off. ${waits} here.`
}
