/** What can be done with the selected people, and how far it is. */
import { Button, Progress } from '@mantine/core'
import { SHORT_STATUS } from '../candidate/StatusWord'
import type { BulkProgress } from '../candidate/useStatusChange'
import type { CandidateStatus } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import { ExportIcon } from '../shell/icons'
import styles from './dashboard.module.css'

interface Props {
  count: number
  progress: BulkProgress | null
  onSet(status: CandidateStatus): void
  onExport(): void
  onClear(): void
}

export function BulkBar({ count, progress, onSet, onExport, onClear }: Props) {
  return (
    <section className={styles.bulk} aria-label="Selected people">
      <strong role="status">
        {progress ? `${progress.done} of ${progress.of} set` : `${count} selected`}
      </strong>
      {progress ? (
        <Progress
          value={(100 * progress.done) / progress.of}
          className={styles.bulkProgress}
          aria-label={`${progress.done} of ${progress.of} set`}
        />
      ) : (
        <>
          <span className={styles.bulkWords}>Set status:</span>
          {STATUSES.map((status, index) => (
            <Button key={status} size="compact-sm" variant="default" onClick={() => onSet(status)}>
              <span className={styles.bulkKey}>{index + 1}</span> {SHORT_STATUS[status]}
            </Button>
          ))}
          <Button size="compact-sm" variant="default" leftSection={<ExportIcon />} onClick={onExport}>
            Export
          </Button>
          <Button size="compact-sm" variant="subtle" className={styles.bulkClear} onClick={onClear}>
            Clear selection
          </Button>
        </>
      )}
    </section>
  )
}
