/** The downloads that are not over: the one that runs, and those that wait, each with why. */
import { ActionIcon } from '@mantine/core'
import type { JobSnapshot } from '../generated/types'
import { GoOnIcon, PauseIcon } from '../shell/icons'
import { CancelButton } from './CancelButton'
import styles from './download.module.css'
import { useJobFeed } from './JobFeedProvider'
import { isFinal, progressText, type Queued, waitText } from './jobFeed'
import { useJobActions } from './useJobActions'

export interface QueueRow {
  job: JobSnapshot
  queued: Queued | null
}

/** What runs first, then what waits in the order of the queue, then what a person has to go on with. */
export function queueRows(jobs: readonly JobSnapshot[], queue: readonly Queued[]): QueueRow[] {
  const open = jobs.filter((job) => !isFinal(job))
  const placeOf = (job: JobSnapshot) => queue.find(({ job_id }) => job_id === job.job_id) ?? null
  const order = ({ job, queued }: QueueRow) =>
    job.status === 'running' ? 0 : (queued?.position ?? Number.MAX_SAFE_INTEGER)
  return open
    .map((job) => ({ job, queued: job.status === 'running' ? null : placeOf(job) }))
    .sort((a, b) => order(a) - order(b))
}

export function QueueList() {
  const { jobs, queue } = useJobFeed()
  const rows = queueRows(jobs, queue)
  if (rows.length === 0) return null
  return (
    <div>
      <h3 className={styles.subTitle}>{rows.length === 1 ? 'Queue' : `Queue, ${rows.length} downloads`}</h3>
      <ul className={styles.queue}>
        {rows.map((row) => (
          <QueueItem key={row.job.job_id} row={row} />
        ))}
      </ul>
    </div>
  )
}

function QueueItem({ row: { job, queued } }: { row: QueueRow }) {
  const { choose, shown } = useJobFeed()
  const { pause, resume } = useJobActions(job)
  const name = `${job.rank} · ${job.ship_type}`
  // The shown one is told live; the list is read every few seconds.
  const live = shown?.job.job_id === job.job_id ? shown.job : job
  return (
    <li className={styles.queueItem} data-shown={shown?.job.job_id === job.job_id}>
      <button
        type="button"
        className={styles.queueName}
        aria-pressed={shown?.job.job_id === job.job_id}
        title={name}
        onClick={() => choose(job.job_id)}
      >
        <span className={styles.recentName}>{name}</span>
        <span className={styles.soft}>
          {job.status === 'running' ? `Downloading, ${progressText(live)}` : waitText(job, queued)}
        </span>
      </button>
      {mayGoOn(queued) ? (
        <ActionIcon
          variant="default"
          size="md"
          loading={resume.isPending}
          aria-label={`Go on with ${name}`}
          title="Go on"
          onClick={() => resume.mutate()}
        >
          <GoOnIcon />
        </ActionIcon>
      ) : queued?.waits_for === 'computer' ? null : (
        <ActionIcon
          variant="default"
          size="md"
          loading={pause.isPending}
          aria-label={`Pause ${name}`}
          title="Pause"
          onClick={() => pause.mutate()}
        >
          <PauseIcon />
        </ActionIcon>
      )}
      <CancelButton job={job} size="compact-xs" />
    </li>
  )
}

/** Whether a person can make it go on, or have it tried again at once. */
export function mayGoOn(queued: Queued | null): boolean {
  return (
    queued !== null &&
    (queued.waits_for === 'person' || queued.waits_for === 'portal' || queued.waits_for === 'folder')
  )
}
