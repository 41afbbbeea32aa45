/** A download as it is now, kept up to date from its stream. Messages may come twice or late. */
import type { JobDetails, JobSnapshot, ListingView, StreamMessage } from '../generated/types'

export interface JobState {
  job: JobSnapshot
  /** By the person's place in the job. */
  listings: ReadonlyMap<number, ListingView>
  secondsLeft: number | null
}

export function isFinal(job: JobSnapshot): boolean {
  return job.status === 'success' || job.status === 'failed' || job.status === 'cancelled'
}

export function stateOf(details: JobDetails): JobState {
  return {
    job: details.job,
    listings: new Map(details.listings.map((listing) => [listing.seq, listing])),
    secondsLeft: details.seconds_left,
  }
}

/** The state after these messages. An older word about a person never replaces a newer one. */
export function advance(state: JobState, messages: readonly StreamMessage[]): JobState {
  let { job, secondsLeft } = state
  const listings = new Map(state.listings)
  for (const message of messages) {
    if (message.job !== null && !(isFinal(job) && !isFinal(message.job))) {
      job = message.job
      secondsLeft = message.seconds_left
    }
    const { listing } = message
    if (listing !== null && (listings.get(listing.seq)?.change ?? -1) <= listing.change) {
      listings.set(listing.seq, listing)
    }
  }
  return { job, listings, secondsLeft }
}

const PLACES: Record<ListingView['state'], number> = {
  failed: 0,
  fetching: 1,
  stored: 2,
  skipped: 2,
  waiting: 3,
}

/** The people in the order in which they are shown: failures on top, then whoever was last. */
export function inOrder(listings: Iterable<ListingView>): ListingView[] {
  return [...listings].sort(
    (a, b) =>
      PLACES[a.state] - PLACES[b.state] || (a.state === 'waiting' ? a.seq - b.seq : b.change - a.change),
  )
}

/** The job of the bottom strip: the one that runs, whichever is looked at; else the one that is looked at. */
export function stripJob(shown: JobSnapshot | null, jobs: readonly JobSnapshot[]): JobSnapshot | null {
  if (shown !== null && !isFinal(shown)) return shown
  const running = jobs.find((job) => job.status === 'running' && job.job_id !== shown?.job_id)
  return running ?? shown
}

export function doneCount(job: JobSnapshot): number {
  return job.counts.stored + job.counts.skipped + job.counts.failed
}

/** The running job in one line: `37 of 60, 1 failed`. */
export function progressText(job: JobSnapshot): string {
  const failed = job.counts.failed > 0 ? `, ${job.counts.failed} failed` : ''
  return `${doneCount(job)} of ${job.counts.listed}${failed}`
}

export const JOB_WORDS: Record<JobSnapshot['status'], string> = {
  queued: 'Waiting for its turn',
  running: 'Downloading',
  success: 'Done',
  failed: 'Stopped',
  cancelled: 'Cancelled',
}
