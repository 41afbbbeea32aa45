/** A download as the office's log of it tells: each person with an outcome is one line. */
import { isFinal, type JobState } from '../download/jobFeed'
import type { JobLogLine, JobSnapshot, JobView, ListingView } from '../generated/types'

/** The person of a line; null for a line about the whole download. */
export function personOf(line: JobLogLine): ListingView | null {
  if (line.outcome === null || line.candidate_external_id === null) return null
  return {
    seq: line.seq,
    change: line.seq,
    candidate_external_id: line.candidate_external_id,
    state: line.outcome,
    reason: line.reason,
    name: '',
    present_rank: '',
    filename: '',
    at: line.created_at,
  }
}

/** The state after these events of the stream, which may come twice. */
export function advanced(state: JobState, lines: readonly JobLogLine[], job: JobView | null): JobState {
  const listings = new Map(state.listings)
  for (const line of lines) {
    const person = personOf(line)
    if (person !== null) listings.set(person.seq, person)
  }
  const newer = job !== null && !(isFinal(state.job) && !isFinal(job)) ? job : state.job
  return { ...state, job: counted(newer, listings), listings }
}

/** A job that is not over with what its lines say: it tells its own counts when it begins, waits and ends. */
function counted(job: JobSnapshot, listings: ReadonlyMap<number, ListingView>): JobSnapshot {
  if (isFinal(job)) return job
  const counts = { ...job.counts, stored: 0, skipped: 0, failed: 0 }
  for (const { state } of listings.values()) {
    if (state === 'stored' || state === 'skipped' || state === 'failed') counts[state] += 1
  }
  return { ...job, counts: { ...counts, listed: Math.max(counts.listed, listings.size) } }
}
