/** The window's title says what a recruiter waits for, also while another window is in front. */
import { useEffect } from 'react'
import { useJobFeed } from '../download/JobFeedProvider'
import { isFinal, progressText, statusWord, stripJob } from '../download/jobFeed'
import type { ScreenName } from './Shell'

const NAMES: Record<ScreenName, string> = {
  download: 'Download',
  review: 'Review',
  dashboard: 'Dashboard',
  guide: 'Set up',
  settings: 'Settings',
  people: 'People of the office',
  operations: 'Operations',
}

export function WindowTitle({ screen }: { screen: ScreenName }) {
  const { shown, jobs, queue } = useJobFeed()
  const job = stripJob(shown?.job ?? null, jobs)
  const running = job && !isFinal(job)
  const queued = queue.find(({ job_id }) => job_id === job?.job_id) ?? null
  const progress = running ? `${`${statusWord(job, queued)} ${progressText(job)}`.trim()} · ` : ''
  useEffect(() => {
    document.title = `${progress}${NAMES[screen]} · NjordHR`
  }, [progress, screen])
  return null
}
