/** What waits to be sent, and what the office did not take, with why. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import { reasonWords } from '../api/problem'
import type { EventType, OutboxItem } from '../generated/types'
import { CodeButton, ProblemNote } from '../problem/ProblemNote'
import { clockText, momentText } from '../words/dates'
import { counted } from '../words/numbers'
import styles from './settings.module.css'

const EVENT_WORDS: Record<EventType, string> = {
  initial_verification: 'A resume was verified',
  resume_updated: 'A newer resume',
  status_change: 'A status was set',
  note_added: 'A note',
  resume_downloaded: 'A resume was downloaded',
  review_passed: 'A resume was passed',
  resume_opened: 'A resume was opened',
  update_ended: 'An update of NjordHR ended',
  undo: 'Something was undone',
  job_changed: 'A download changed',
  job_line: 'A line of a download’s log',
}

export function OutboxCard() {
  const agent = useAgent()
  const { data, error } = useQuery({
    queryKey: ['agent', 'outbox'],
    queryFn: agent.outbox,
    refetchInterval: 4000,
  })
  return (
    <section className={styles.card} aria-labelledby="outbox-title">
      <h2 id="outbox-title">Waits to be sent</h2>
      {error && <ProblemNote error={error} background />}
      {data && (
        <p>
          {data.counts.waiting + data.counts.uploads_waiting === 0
            ? 'Nothing: everything is with the office.'
            : `${counted(data.counts.waiting, 'record')} and ${counted(data.counts.uploads_waiting, 'resume')} wait.`}
          {data.counts.parked > 0 &&
            ` ${counted(data.counts.parked, 'record was', 'records were')} not taken.`}
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className={styles.list} aria-label="Records">
          {data.items.map((item) => (
            <OutboxRow key={item.event_id} item={item} />
          ))}
        </ul>
      )}
    </section>
  )
}

function OutboxRow({ item }: { item: OutboxItem }) {
  const agent = useAgent()
  const queries = useQueryClient()
  const retry = useMutation({
    mutationFn: () => agent.retryOutbox(item.event_id),
    onSuccess: (view) => queries.setQueryData(['agent', 'outbox'], view),
  })
  const words = item.reason && reasonWords(item.reason)
  return (
    <li className={styles.row}>
      <div className={styles.rowWords}>
        <p className={styles.rowTitle}>{EVENT_WORDS[item.type as EventType] ?? item.type}</p>
        <p className={styles.small}>
          since {momentText(item.occurred_at)}
          {item.attempts > 0 ? `, tried ${counted(item.attempts, 'time')}` : ''}
          {item.next_attempt_at ? `, tried again at ${clockText(item.next_attempt_at)}` : ''}
        </p>
        {words && (
          <p>
            {words.sentence} {words.nextStep} <CodeButton code={`${item.reason} ${item.detail}`.trim()} />
          </p>
        )}
        {retry.error && <ProblemNote error={retry.error} />}
      </div>
      {(item.parked || item.next_attempt_at) && (
        <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          {item.parked ? 'Send again' : 'Send now'}
        </Button>
      )}
    </li>
  )
}
