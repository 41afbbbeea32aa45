/** A download as it is now, kept up to date from its stream. Messages may come twice or late. */
import { reasonWords } from '../api/problem'
import type { JobDetails, JobSnapshot, ListingView, QueuedJob, StreamMessage } from '../generated/types'

/** A queued job's place; `computer`: the computer that is to do it has not heard of it yet. */
export type Queued = Omit<QueuedJob, 'waits_for'> & { waits_for: QueuedJob['waits_for'] | 'computer' }

export interface JobState {
  job: JobSnapshot
  /** By the person's place in the job. */
  listings: ReadonlyMap<number, ListingView>
  secondsLeft: number | null
  /** Its place in the queue, and what it waits for; absent while it runs and afterwards. */
  queued: Queued | null
}

export function isFinal(job: JobSnapshot): boolean {
  return job.status === 'success' || job.status === 'failed' || job.status === 'cancelled'
}

export function stateOf(details: JobDetails): JobState {
  return {
    job: details.job,
    listings: new Map(details.listings.map((listing) => [listing.seq, listing])),
    secondsLeft: details.seconds_left,
    queued: details.queued,
  }
}

/** The state after these messages. An older word about a person never replaces a newer one. */
export function advance(state: JobState, messages: readonly StreamMessage[]): JobState {
  let { job, secondsLeft, queued } = state
  const listings = new Map(state.listings)
  for (const message of messages) {
    if (message.job !== null && !(isFinal(job) && !isFinal(message.job))) {
      job = message.job
      secondsLeft = message.seconds_left
      queued = message.queued
    }
    const { listing } = message
    if (listing !== null && (listings.get(listing.seq)?.change ?? -1) <= listing.change) {
      listings.set(listing.seq, listing)
    }
  }
  return { job, listings, secondsLeft, queued }
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

/** What a waiting job waits for, in one line; empty for one that runs or is over. */
export function waitText(job: JobSnapshot, queued: Queued | null): string {
  if (job.status !== 'queued' || queued === null) return ''
  const at = `${doneCount(job)} of ${job.counts.listed}`
  switch (queued.waits_for) {
    case 'turn':
      return queued.position === 1 ? 'Starts next' : `Waits for its turn, number ${queued.position ?? '?'}`
    case 'login':
      return doneCount(job) > 0
        ? `Log in to the portal again to go on at ${at}`
        : 'Waits for the portal’s login'
    case 'person':
      return job.reason === 'job.paused' || job.reason === null
        ? `Paused${doneCount(job) > 0 ? ` at ${at}` : ''}`
        : reasonWords(job.reason).sentence
    case 'computer':
      return 'Waits for the computer'
    case 'portal':
    case 'folder':
      return job.reason === null ? 'Waits' : reasonWords(job.reason).sentence
  }
}

/** What a job is doing, in a word or two. */
export function statusWord(job: JobSnapshot, queued: Queued | null): string {
  if (job.status !== 'queued' || queued === null) return JOB_WORDS[job.status]
  if (queued.waits_for === 'turn') return JOB_WORDS.queued
  if (queued.waits_for === 'computer') return 'Waits for the computer'
  if (queued.waits_for === 'person') return job.reason === 'job.paused' ? 'Paused' : 'Waits for you'
  return queued.waits_for === 'login' ? 'Waits for the portal’s login' : 'Waits'
}

/** The job of the bottom strip: the one that runs, whichever is looked at; else the one that is looked at. */
export function stripJob(shown: JobSnapshot | null, jobs: readonly JobSnapshot[]): JobSnapshot | null {
  if (shown?.status === 'running') return shown
  // The list is read every few seconds only; of the job that is looked at, its stream knows better.
  const running = jobs.find((job) => job.status === 'running' && job.job_id !== shown?.job_id)
  return running ?? shown
}

export function isPaused(job: JobSnapshot): boolean {
  return job.status === 'queued' && job.reason === 'job.paused'
}

export function doneCount(job: JobSnapshot): number {
  return job.counts.stored + job.counts.skipped + job.counts.failed
}

/** The running job in one line: `37 of 60, 1 failed`. */
export function progressText(job: JobSnapshot): string {
  // Nobody is listed before it begins, which is nothing to count.
  if (job.status === 'queued' && job.counts.listed === 0) return ''
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
