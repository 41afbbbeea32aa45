/** The bottom strip: the running job, and what waits to be sent. */
import { Link } from '@tanstack/react-router'
import { useApis } from '../api/context'
import { useJobFeed } from '../download/JobFeedProvider'
import { isFinal, progressText, statusWord, stripJob } from '../download/jobFeed'
import { ToastLine } from '../undo/ToastShelf'
import { counted } from '../words/numbers'
import { useHealth } from './health'
import styles from './shell.module.css'

export function BottomStrip() {
  const { agent, config } = useApis()
  return (
    <footer className={styles.strip}>
      <StripJob />
      {agent === null ? <span>Connected to the office by this browser</span> : <Waiting />}
      <ToastLine />
      {config.demo && <span className={styles.demoStrip}>Demo: invented people</span>}
    </footer>
  )
}

function StripJob() {
  const { shown, jobs, queue } = useJobFeed()
  const job = stripJob(shown?.job ?? null, jobs)
  const queued = queue.find(({ job_id }) => job_id === job?.job_id) ?? null
  const progress = job === null ? '' : progressText(job)
  return (
    <span className={styles.stripJob}>
      {job === null ? (
        'No download yet'
      ) : (
        <Link to="/download" className={styles.stripLink}>
          {isFinal(job) ? 'Last download' : statusWord(job, queued)}: {job.rank}, {job.ship_type}
          {progress && ` · ${progress}`}
        </Link>
      )}
    </span>
  )
}

function Waiting() {
  const { data } = useHealth()
  return <span>{data ? waitingWords(data.outbox) : ''}</span>
}

function waitingWords(outbox: { waiting: number; parked: number; uploads_waiting: number }): string {
  const parts = [
    outbox.waiting > 0 ? counted(outbox.waiting, 'record') : '',
    outbox.uploads_waiting > 0 ? counted(outbox.uploads_waiting, 'resume') : '',
  ].filter((part) => part !== '')
  const waits = parts.length > 0 ? `${parts.join(' and ')} to be sent` : 'Nothing waits to be sent'
  return outbox.parked > 0 ? `${waits} · ${outbox.parked} not taken` : waits
}
