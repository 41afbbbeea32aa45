/** The sync badge: one of four words, and on a click what it means. */
import { Popover, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ProblemNote } from '../problem/ProblemNote'
import { momentText } from '../words/dates'
import { useHealth } from './health'
import { CloudIcon } from './icons'
import styles from './shell.module.css'
import { syncState } from './sync'

const TONES = { Synced: 'good', 'Sync pending': 'wait', 'Sync failed': 'bad', 'Local only': 'plain' } as const

export function SyncBadge() {
  const { data, error } = useHealth()
  const state = data && syncState(data)
  const word = error ? 'No answer' : (state?.word ?? '…')
  const tone = error ? 'bad' : state ? TONES[state.word] : 'plain'
  return (
    <Popover width={320} position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <UnstyledButton className={styles.sync} data-tone={tone} aria-label={`Sync: ${word}. What it means`}>
          <CloudIcon />
          <span className={styles.syncWord}>{word}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {error ? (
          <ProblemNote error={error} background />
        ) : (
          <div className={styles.syncMeaning}>
            <strong>{word}</strong>
            <p>{state?.meaning}</p>
            {data?.last_sync_at && <p className={styles.soft}>Last sent {momentText(data.last_sync_at)}</p>}
            <Link to="/settings">Open Settings</Link>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
