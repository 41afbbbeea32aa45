/** The window's title says what a recruiter waits for, also while another window is in front. */
import { useEffect } from 'react'
import { useJobFeed } from '../download/JobFeedProvider'
import { isFinal, JOB_WORDS, progressText, stripJob } from '../download/jobFeed'
import type { ScreenName } from './Shell'

const NAMES: Record<ScreenName, string> = {
  download: 'Download',
  review: 'Review',
  dashboard: 'Dashboard',
  settings: 'Settings',
}

export function WindowTitle({ screen }: { screen: ScreenName }) {
  const { shown, jobs } = useJobFeed()
  const job = stripJob(shown?.job ?? null, jobs)
  const running = job && !isFinal(job)
  const progress = running ? `${JOB_WORDS[job.status]} ${progressText(job)} · ` : ''
  useEffect(() => {
    document.title = `${progress}${NAMES[screen]} · NjordHR`
  }, [progress, screen])
  return null
}
