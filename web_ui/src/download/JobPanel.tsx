/** A download as it goes: x of y, time left, three tiles that filter, and every person with their outcome. */
import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAgent } from '../api/context'
import type { JobSnapshot, Outcome } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { Question } from '../shell/Question'
import { momentText } from '../words/dates'
import { durationText } from '../words/numbers'
import styles from './download.module.css'
import { useJobFeed } from './JobFeedProvider'
import { doneCount, inOrder, isFinal, JOB_WORDS, type JobState, progressText } from './jobFeed'
import { OutcomeTiles } from './OutcomeTiles'
import { PeopleList } from './PeopleList'
import { useStartJob } from './useStartJob'

export function JobPanel({ state }: { state: JobState }) {
  const starting = useStartJob()
  const { broken } = useJobFeed()
  const [filter, setFilter] = useState<Outcome | null>(null)
  const { job } = state
  const again = () => {
    if (!isFinal(job) || starting.isPending) return
    starting.mutate({ rank: job.rank, ship_type: job.ship_type, force_redownload: job.force_redownload })
  }
  useKeys('Download', [{ key: 'r', does: 'Retry: start this download again', run: again }])
  const people = inOrder(state.listings.values()).filter(
    (person) => filter === null || person.state === filter,
  )
  return (
    <section className={styles.job} aria-labelledby="job-title">
      <JobHead state={state} onAgain={again} starting={starting.isPending} />
      {broken !== null && !isFinal(job) && (
        <ProblemNote error={broken} background note="This view catches up when NjordHR answers." />
      )}
      {/* Why it cannot start again now takes the place of why it stopped. */}
      {starting.error ? (
        <ProblemNote error={starting.error} />
      ) : (
        isFinal(job) &&
        job.reason && <ReasonNote reason={job.reason} tone={job.status === 'failed' ? 'bad' : 'warn'} />
      )}
      <OutcomeTiles counts={job.counts} filter={filter} onFilter={setFilter} />
      <PeopleList people={people} filtered={filter !== null} status={job.status} />
    </section>
  )
}

function JobHead({ state, onAgain, starting }: { state: JobState; onAgain(): void; starting: boolean }) {
  const { job, secondsLeft } = state
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
            {JOB_WORDS[job.status]}
            {job.ended_at ? `, ${momentText(job.ended_at)}` : ''}
            {job.force_redownload ? ' · everybody again' : ''}
          </p>
        </div>
        <p className={styles.xOfY} role="status">
          <strong>{progressText(job)}</strong>
          {!isFinal(job) && secondsLeft !== null && (
            <span className={styles.soft}>about {durationText(secondsLeft)} left</span>
          )}
        </p>
        {isFinal(job) ? (
          <Button variant="default" loading={starting} onClick={onAgain}>
            {job.status === 'success' && job.counts.failed === 0 ? 'Look again' : 'Retry'}
          </Button>
        ) : (
          <CancelButton job={job} />
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

function CancelButton({ job }: { job: JobSnapshot }) {
  const agent = useAgent()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const cancel = useMutation({
    mutationFn: () => agent.cancelJob(job.job_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agent', 'jobs'] }),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button variant="default" loading={cancel.isPending} onClick={() => setAsking(true)}>
        Cancel
      </Button>
      {cancel.error && <ProblemNote error={cancel.error} />}
      <Question
        takesAway
        opened={asking}
        title="Cancel this download?"
        yes="Cancel the download"
        no="Go on downloading"
        busy={cancel.isPending}
        onYes={() => cancel.mutate()}
        onNo={() => setAsking(false)}
      >
        {job.counts.stored} people are stored and stay. The others can be fetched later: those who are in the
        folder are not fetched twice.
      </Question>
    </>
  )
}
