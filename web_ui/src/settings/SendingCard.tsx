/** What this computer sends to the office. */
import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import type { SettingsChange } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import styles from './settings.module.css'

const SWITCHES = [
  {
    field: 'cloud_sync_enabled',
    label: 'Send to the office',
    description:
      'What was downloaded, and what became of each download. Off: everything stays here until it is on again.',
  },
  {
    field: 'cloud_upload_resumes',
    label: 'Upload the resumes',
    description: 'So that everybody in the office can open the PDF. Off: only this computer can.',
  },
] as const

export function SendingCard() {
  const agent = useAgent()
  const queries = useQueryClient()
  const { data: settings, error } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const change = useMutation({
    mutationFn: (wanted: SettingsChange) => agent.changeSettings(wanted),
    onSuccess: async (view) => {
      queries.setQueryData(['agent', 'settings'], view)
      await queries.invalidateQueries({ queryKey: ['agent', 'health'] })
    },
  })
  return (
    <section className={styles.card} aria-labelledby="sending-title">
      <h2 id="sending-title">Sending</h2>
      {error && <ProblemNote error={error} background />}
      {settings &&
        SWITCHES.map(({ field, label, description }) => (
          <Switch
            key={field}
            label={label}
            description={description}
            checked={change.isPending ? (change.variables[field] ?? settings[field]) : settings[field]}
            onChange={(event) => change.mutate({ [field]: event.currentTarget.checked })}
          />
        ))}
      {change.error && <ProblemNote error={change.error} />}
    </section>
  )
}
