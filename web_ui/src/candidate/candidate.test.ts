import { expect, test } from 'vitest'
import { ApiError } from '../api/problem'
import type { CandidateStatus, EventType } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import { panelOf, rowOf } from '../testing/office'
import { Drafts } from './drafts'
import { eventText } from './HistoryView'
import { afterPending, conflictOf, conflictText, type StatusTarget, whyNot } from './statusChange'
import { withAnswer, withoutDone } from './useStatusChange'

function target(status: CandidateStatus, allowed: CandidateStatus[]): StatusTarget {
  return { candidate_id: 'c', name: 'A', status, version: 1, allowed_statuses: allowed }
}

test('a status that is not allowed says why', () => {
  const fresh = target('New', ['Contacted'])
  expect(whyNot(fresh, 'Contacted')).toBeNull()
  expect(whyNot(fresh, 'Interested')).toBe('From New the next step is Contacted.')
  expect(whyNot(target('Not Interested', []), 'New')).toMatch(/final/)
  for (const status of STATUSES) expect(whyNot(target(status, []), status)).toMatch(/already/)
})

test('the next status may be set while the one before is on its way', () => {
  const fresh = target('New', ['Contacted'])
  expect(whyNot(afterPending(fresh, 'Contacted'), 'Interested')).toBeNull()
  expect(afterPending(fresh, undefined)).toBe(fresh)
  const both = new Map<string, CandidateStatus>([['c', 'Interested']])
  expect(withoutDone(both, 'c', 'Contacted').get('c')).toBe('Interested')
  expect(withoutDone(both, 'c', 'Interested').size).toBe(0)
})

test('the panel takes over the answer to a change, but never an older one', () => {
  const panel = panelOf(rowOf('c', { version: 4 }))
  const answer = rowOf('c', { version: 5, status: 'Contacted', notes: 'n', allowed_statuses: ['Interested'] })
  expect(withAnswer(panel, answer)).toMatchObject({
    version: 5,
    status: 'Contacted',
    notes: 'n',
    allowed_statuses: ['Interested'],
  })
  expect(withAnswer(panel, rowOf('c', { version: 3 }))).toBe(panel)
})

test('a change that came in between is told with who and what', () => {
  const facts = { version: 7, status: 'Contacted', touched_by: 'Leif', touched_at: '2026-11-12T08:00:00Z' }
  const conflict = conflictOf(new ApiError('candidate.changed-meanwhile', undefined, 409, '', facts))
  expect(conflict).toMatchObject({ version: 7, status: 'Contacted' })
  expect(conflict && conflictText(conflict)).toMatch(
    /^Leif changed this person at \d\d:\d\d\. The status is Contacted/,
  )
  expect(conflictOf(new ApiError('server.fault'))).toBeNull()
})

test('a draft survives until it is posted', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  new Drafts(storage).write('c1', 'Call back')
  expect(new Drafts(storage).read('c1')).toBe('Call back')
  expect(new Drafts(storage).read('c2')).toBe('')
  new Drafts(storage).write('c1', '')
  expect(kept.size).toBe(0)
})

test('every event has words in the history', () => {
  const types: EventType[] = ['initial_verification', 'resume_updated', 'status_change', 'note_added', 'undo']
  for (const event_type of types) expect(eventText({ event_type, status: 'New', filename: '' })).not.toBe('')
})
