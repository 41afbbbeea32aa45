/** For when something goes wrong: the log, and a file for support with nothing personal in it. */
import { Button, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import { saveAnswer } from '../api/saveAnswer'
import { ProblemNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { useToasts } from '../undo/ToastShelf'
import { bytesText } from '../words/numbers'
import styles from './settings.module.css'
import { useSettings } from './useSettings'
import { useStatus } from './useStatus'

const LEVELS = [
  { value: 'error', label: 'Only what failed' },
  { value: 'warning', label: 'What failed or was odd' },
  { value: 'info', label: 'Each step (as a rule)' },
  { value: 'debug', label: 'Everything (for support)' },
]

export function SupportCard() {
  const agent = useAgent()
  const toasts = useToasts()
  const { settings, change } = useSettings()
  const { data: status } = useStatus()
  const { data: health } = useHealth()
  const showLogs = useMutation({ mutationFn: agent.showLogs })
  const diagnostics = useMutation({
    mutationFn: async () => {
      if (health?.native_dialogs) return (await agent.saveDiagnostics()).path
      return saveAnswer(await agent.openDiagnostics(), 'njordhr-diagnostics.zip')
    },
    onSuccess: (path) => path !== null && toasts.say(`Saved: ${path}`),
  })
  return (
    <section className={styles.card} aria-labelledby="support-title">
      <h2 id="support-title">Support</h2>
      {settings && (
        <Select
          label="What the log tells"
          description={
            status
              ? `It takes ${bytesText(status.log_bytes)}, and its oldest parts go by themselves. No names, passwords or codes stand in it.`
              : undefined
          }
          data={LEVELS}
          allowDeselect={false}
          value={settings.log_level}
          onChange={(level) => level && change.mutate({ log_level: level })}
        />
      )}
      {change.error && <ProblemNote error={change.error} />}
      <div className={styles.buttons}>
        <Button variant="default" loading={showLogs.isPending} onClick={() => showLogs.mutate()}>
          Open the log’s folder
        </Button>
        <Button variant="default" loading={diagnostics.isPending} onClick={() => diagnostics.mutate()}>
          Save diagnostics…
        </Button>
      </div>
      <p className={styles.soft}>
        The diagnostics are one file to send to support: versions, settings, the log and how much waits.
        Nobody’s name, resume, password or code is in it.
      </p>
      {showLogs.error && <ProblemNote error={showLogs.error} />}
      {diagnostics.error && <ProblemNote error={diagnostics.error} />}
    </section>
  )
}
