/** Who did what, when; the newest on top. */
import { Button, Loader } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApis } from '../api/context'
import { refused, verdictError } from '../api/verdicts'
import type { HistoryEntry } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { dayText, momentText } from '../words/dates'
import styles from './candidate.module.css'

export function HistoryView({ candidateId }: { candidateId: string }) {
  const { cloud } = useApis()
  const { data, error, isPending } = useQuery({
    queryKey: ['history', candidateId],
    queryFn: () => cloud.history(candidateId),
  })
  return (
    <div className={styles.history}>
      {error && <ProblemNote error={error} background />}
      {isPending && !error && <Loader size="sm" />}
      <ol>
        {data?.entries.map((entry) => (
          <HistoryLine key={entry.event_id} entry={entry} candidateId={candidateId} />
        ))}
      </ol>
    </div>
  )
}

function HistoryLine({ entry, candidateId }: { entry: HistoryEntry; candidateId: string }) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const undo = useMutation({
    mutationFn: async () => {
      const result = await cloud.undo({ event_id: crypto.randomUUID(), undoes_event_id: entry.event_id })
      const [first] = refused(result)
      if (first) throw verdictError(first)
    },
    onSettled: () => {
      for (const key of [['history', candidateId], ['candidate', candidateId], ['dashboard'], ['review']]) {
        void queries.invalidateQueries({ queryKey: key })
      }
    },
  })
  return (
    <li className={styles.event} data-undone={entry.undone_by_event_id !== null}>
      <div className={styles.eventWords}>
        <p className={styles.eventTitle}>
          {eventText(entry)}
          {entry.undone_by_event_id !== null && <span className={styles.soft}> (undone)</span>}
        </p>
        {entry.notes && <p className={styles.eventNote}>{entry.notes}</p>}
        {entry.call_back_on && <p className={styles.soft}>Call back on {dayText(entry.call_back_on)}</p>}
        <p className={styles.soft}>
          {[entry.by_name, entry.by_device && `on ${entry.by_device}`].filter(Boolean).join(' ')} ·{' '}
          {momentText(entry.created_at)}
        </p>
        {undo.error && <ProblemNote error={undo.error} />}
      </div>
      {entry.undoable && (
        <Button variant="default" size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate()}>
          Undo
        </Button>
      )}
    </li>
  )
}

export function eventText(entry: Pick<HistoryEntry, 'event_type' | 'status' | 'filename'>): string {
  switch (entry.event_type) {
    case 'initial_verification':
      return 'Verified'
    case 'resume_updated':
      return `A newer resume came in${entry.filename ? `: ${entry.filename}` : ''}`
    case 'status_change':
      return `Status set to ${entry.status ?? ''}`
    case 'note_added':
      return 'Note'
    case 'resume_downloaded':
      return `Resume downloaded${entry.filename ? `: ${entry.filename}` : ''}`
    case 'review_passed':
      return 'Passed in review'
    case 'undo':
      return 'Undone'
    case 'resume_opened':
      return 'Resume opened'
    case 'job_changed':
    case 'job_line':
      return 'Download'
    case 'update_ended':
      return 'Update of NjordHR'
  }
}
