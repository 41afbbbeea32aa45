/** A download as it goes: x of y, time left, three tiles that filter, and every person with their outcome. */
import { Button, Progress } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Outcome } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { momentText } from '../words/dates'
import { counted, durationText } from '../words/numbers'
import { CancelButton } from './CancelButton'
import styles from './download.module.css'
import { useJobFeed } from './JobFeedProvider'
import { doneCount, inOrder, isFinal, type JobState, progressText, statusWord } from './jobFeed'
import { OutcomeTiles } from './OutcomeTiles'
import { PeopleList } from './PeopleList'
import { mayGoOn } from './QueueList'
import { useJobActions } from './useJobActions'
import { useStartJob } from './useStartJob'

/** `note` says why it waits and what to do now; it differs with where the page is. */
export function JobPanel({ state, note }: { state: JobState; note: ReactNode }) {
  const starting = useStartJob()
  const { broken } = useJobFeed()
  const { retry, mayRetry } = useJobActions(state.job)
  const [filter, setFilter] = useState<Outcome | null>(null)
  const { job } = state
  const again = () => {
    if (!isFinal(job) || starting.isPending) return
    starting.mutate({ rank: job.rank, ship_type: job.ship_type, force_redownload: job.force_redownload })
  }
  const people = inOrder(state.listings.values()).filter(
    (person) => filter === null || person.state === filter,
  )
  return (
    <section className={styles.job} aria-labelledby="job-title">
      <JobHead state={state} />
      {broken !== null && !isFinal(job) && (
        <ProblemNote error={broken} background note="This view catches up when NjordHR answers." />
      )}
      {note}
      {/* Why it cannot start again now takes the place of why it stopped. */}
      {starting.error ? (
        <ProblemNote error={starting.error} />
      ) : (
        isFinal(job) &&
        job.reason && <ReasonNote reason={job.reason} tone={job.status === 'failed' ? 'bad' : 'warn'} />
      )}
      <OutcomeTiles counts={job.counts} filter={filter} onFilter={setFilter} />
      {isFinal(job) && (
        <div className={styles.after}>
          {mayRetry && job.counts.failed > 0 && (
            <Button loading={retry.isPending} onClick={() => retry.mutate(null)}>
              Fetch again {counted(job.counts.failed, 'person', 'people')} who failed
            </Button>
          )}
          <Button variant="default" loading={starting.isPending} onClick={again}>
            {job.status === 'success' ? 'Look for new people' : 'Start again'}
          </Button>
          {mayRetry && job.counts.failed > 0 && (
            <span className={styles.soft}>
              <kbd>J</kbd> <kbd>K</kbd> go through the people, <kbd>R</kbd> fetches one again
            </span>
          )}
        </div>
      )}
      <PeopleList
        people={people}
        filtered={filter !== null}
        status={job.status}
        onRetry={mayRetry ? (seqs) => retry.mutate(seqs) : undefined}
      />
    </section>
  )
}

function JobHead({ state }: { state: JobState }) {
  const { job, queued, secondsLeft } = state
  const { pause, resume } = useJobActions(job)
  const done = doneCount(job)
  const percent = job.counts.listed > 0 ? (100 * done) / job.counts.listed : 0
  return (
    <>
      <header className={styles.jobHead}>
        <div className={styles.jobWords}>
          <h2 id="job-title">
            {job.rank} · {job.ship_type}
          </h2>
          <p className={styles.soft}>
            {statusWord(job, queued)}
            {job.ended_at ? `, ${momentText(job.ended_at)}` : ''}
            {job.force_redownload ? ' · everybody again' : ''}
            {job.retry_of ? ' · those who failed before' : ''}
          </p>
        </div>
        <p className={styles.xOfY} role="status">
          <strong>{progressText(job)}</strong>
          {job.status === 'running' && secondsLeft !== null && (
            <span className={styles.soft}>about {durationText(secondsLeft)} left</span>
          )}
        </p>
        {!isFinal(job) && (
          <div className={styles.jobButtons}>
            {mayGoOn(queued) ? (
              <Button loading={resume.isPending} onClick={() => resume.mutate()}>
                {queued?.waits_for === 'person' ? 'Go on' : 'Try now'}
              </Button>
            ) : queued?.waits_for === 'computer' ? null : (
              <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
                Pause
              </Button>
            )}
            <CancelButton job={job} />
          </div>
        )}
      </header>
      <Progress
        value={job.status === 'success' && job.counts.listed === 0 ? 100 : percent}
        size="sm"
        aria-label={`${done} of ${job.counts.listed} people done`}
        className={styles.progress}
      />
    </>
  )
}
