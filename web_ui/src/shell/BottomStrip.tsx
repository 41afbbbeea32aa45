/** The bottom strip: the running job, and what waits to be sent. */
import { Link } from '@tanstack/react-router'
import { useApis } from '../api/context'
import { useJobFeed } from '../download/JobFeedProvider'
import { isFinal, JOB_WORDS, progressText, stripJob } from '../download/jobFeed'
import { counted } from '../words/numbers'
import { useHealth } from './health'
import styles from './shell.module.css'

export function BottomStrip() {
  const { agent, config } = useApis()
  return (
    <footer className={styles.strip}>
      {agent === null ? <span>Connected to the office by this browser</span> : <AgentStrip />}
      {config.demo && <span className={styles.demoStrip}>Demo: invented people</span>}
    </footer>
  )
}

function AgentStrip() {
  const { shown, jobs } = useJobFeed()
  const job = stripJob(shown?.job ?? null, jobs)
  const { data } = useHealth()
  return (
    <>
      <span className={styles.stripJob}>
        {job === null ? (
          'No download yet'
        ) : (
          <Link to="/download" className={styles.stripLink}>
            {isFinal(job) ? 'Last download' : JOB_WORDS[job.status]}: {job.rank}, {job.ship_type} ·{' '}
            {progressText(job)}
          </Link>
        )}
      </span>
      <span>{data ? waitingWords(data.outbox) : ''}</span>
    </>
  )
}

function waitingWords(outbox: { waiting: number; parked: number; uploads_waiting: number }): string {
  const parts = [
    outbox.waiting > 0 ? counted(outbox.waiting, 'record') : '',
    outbox.uploads_waiting > 0 ? counted(outbox.uploads_waiting, 'resume') : '',
  ].filter((part) => part !== '')
  const waits = parts.length > 0 ? `${parts.join(' and ')} to be sent` : 'Nothing waits to be sent'
  return outbox.parked > 0 ? `${waits} · ${outbox.parked} not taken` : waits
}
