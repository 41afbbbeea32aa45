import { expect, test } from 'vitest'
import type { JobSnapshot, ListingState, ListingView } from '../generated/types'
import { recentPairs, whatIsMissing } from './ChooseCard'
import { secondsLeft } from './countdown'
import { currentJob } from './JobFeedProvider'
import { advance, inOrder, type JobState, progressText, statusWord, stripJob, waitText } from './jobFeed'
import { mayGoOn, queueRows } from './QueueList'

function job(change: Partial<JobSnapshot> = {}): JobSnapshot {
  return {
    rank: '2nd Officer',
    ship_type: 'Bulk Carrier',
    force_redownload: false,
    job_id: 'j1',
    status: 'running',
    counts: { listed: 60, stored: 30, skipped: 6, failed: 1 },
    reason: null,
    message: '',
    created_at: '2026-11-12T08:00:00Z',
    started_at: null,
    ended_at: null,
    change: 1,
    retry_of: null,
    ...change,
  }
}

function person(seq: number, state: ListingState, change: number): ListingView {
  return {
    seq,
    change,
    candidate_external_id: `000${seq}`,
    state,
    reason: null,
    name: '',
    present_rank: '',
    filename: '',
    at: null,
  }
}

test('the strip says how far a download is', () => {
  expect(progressText(job())).toBe('37 of 60, 1 failed')
})

test('a late or doubled message never takes a person back', () => {
  const start: JobState = {
    job: job(),
    listings: new Map([[1, person(1, 'stored', 9)]]),
    secondsLeft: null,
    queued: null,
  }
  const after = advance(start, [
    { change: 4, job: null, listing: person(1, 'fetching', 4), seconds_left: null, queued: null },
    { change: 10, job: null, listing: person(2, 'failed', 10), seconds_left: null, queued: null },
  ])
  expect(after.listings.get(1)?.state).toBe('stored')
  expect(after.listings.get(2)?.state).toBe('failed')
})

test('a job that is over does not run again', () => {
  const start: JobState = {
    job: job({ status: 'success' }),
    listings: new Map(),
    secondsLeft: null,
    queued: null,
  }
  const after = advance(start, [{ change: 1, job: job(), listing: null, seconds_left: 9, queued: null }])
  expect(after.job.status).toBe('success')
})

test('failures stand on top, then whoever is fetched, then the newest', () => {
  const people = [
    person(1, 'waiting', 1),
    person(2, 'stored', 5),
    person(3, 'failed', 2),
    person(4, 'fetching', 7),
  ]
  const shown = inOrder([...people, person(5, 'skipped', 6), person(6, 'waiting', 1)])
  expect(shown.map(({ seq }) => seq)).toEqual([3, 4, 5, 2, 1, 6])
})

test('the running job is shown before a newer one that waits', () => {
  const waiting = job({ job_id: 'j2', status: 'queued' })
  expect(currentJob([waiting, job()])?.job_id).toBe('j1')
  expect(currentJob([waiting])?.job_id).toBe('j2')
  expect(currentJob([])).toBeUndefined()
})

test('the strip keeps to the running job while an older one is looked at', () => {
  const old = job({ job_id: 'old', status: 'success' })
  const running = job({ job_id: 'new' })
  expect(stripJob(old, [running, old])).toBe(running)
  expect(stripJob(running, [running, old])).toBe(running)
  // What the list read before the end says of the same job is older than its stream.
  expect(stripJob(old, [{ ...old, status: 'running' }])).toBe(old)
  expect(stripJob(null, [])).toBeNull()
})

test('each pair is offered once, the newest first', () => {
  const pairs = recentPairs([
    job({ job_id: 'a' }),
    job({ job_id: 'b' }),
    job({ job_id: 'c', rank: 'Master' }),
  ])
  expect(pairs.map(({ job_id }) => job_id)).toEqual(['a', 'c'])
})

test('what is missing before a start is said one thing at a time', () => {
  expect(whatIsMissing(null, null, false, null)).toMatch(/portal/)
  expect(whatIsMissing('r', 's', true, { reason: 'folder.disk-full' })).toMatch(/folder/)
  expect(whatIsMissing(null, 's', true, { reason: null })).toMatch(/rank/)
  expect(whatIsMissing('r', null, true, { reason: null })).toMatch(/ship type/)
  expect(whatIsMissing('r', 's', true, { reason: null })).toBeNull()
})

test('a countdown never goes below nothing', () => {
  const now = Date.parse('2026-11-12T08:00:00Z')
  expect(secondsLeft('2026-11-12T08:01:05Z', now)).toBe(65)
  expect(secondsLeft('2026-11-12T07:59:00Z', now)).toBe(0)
  expect(secondsLeft(null, now)).toBeNull()
})

const waiting = (change: Partial<JobSnapshot> = {}) => job({ status: 'queued', ...change })

test('a job that waits says for what, and where it goes on', () => {
  const place = (waits_for: 'turn' | 'login' | 'person' | 'portal', position: number | null = 1) => ({
    job_id: 'j1',
    position,
    waits_for,
  })
  expect(waitText(waiting(), place('turn'))).toBe('Starts next')
  expect(waitText(waiting(), place('turn', 3))).toBe('Waits for its turn, number 3')
  expect(waitText(waiting({ reason: 'portal.session-ended' }), place('login'))).toBe(
    'Log in to the portal again to go on at 37 of 60',
  )
  expect(waitText(waiting({ reason: 'job.paused' }), place('person', null))).toBe('Paused at 37 of 60')
  expect(statusWord(waiting({ reason: 'job.paused' }), place('person', null))).toBe('Paused')
  expect(statusWord(waiting({ reason: 'portal.blocked' }), place('person', null))).toBe('Waits for you')
  expect(waitText(job(), null)).toBe('')
  expect(progressText(waiting({ counts: { listed: 0, stored: 0, skipped: 0, failed: 0 } }))).toBe('')
})

test('the queue shows what runs, then what comes next, then what was paused', () => {
  const jobs = [
    waiting({ job_id: 'paused' }),
    waiting({ job_id: 'second' }),
    waiting({ job_id: 'first' }),
    job({ job_id: 'running' }),
    job({ job_id: 'over', status: 'success' }),
  ]
  const rows = queueRows(jobs, [
    { job_id: 'first', position: 1, waits_for: 'turn' },
    { job_id: 'second', position: 2, waits_for: 'login' },
    { job_id: 'paused', position: null, waits_for: 'person' },
  ])
  expect(rows.map((row) => row.job.job_id)).toEqual(['running', 'first', 'second', 'paused'])
  expect(rows.map(({ queued }) => mayGoOn(queued))).toEqual([false, false, false, true])
})

test('the bottom strip tells of the one that runs while another one waits', () => {
  const running = job({ job_id: 'new' })
  const paused = waiting({ job_id: 'old' })
  expect(stripJob(paused, [running, paused])).toBe(running)
  expect(stripJob(paused, [paused])).toBe(paused)
})
