import { describe, expect, it } from 'vitest'
import type { ComputerState, LateUpload, UpdateOutcome } from '../generated/types'
import { agoText } from '../words/dates'
import { computerState, failedState, lateState, updateState } from './nextSteps'

const NOW = Date.parse('2026-11-24T12:00:00Z')

const computer = (change: Partial<ComputerState> = {}): ComputerState => ({
  device_id: 'd',
  device_name: 'Front desk',
  user_email: 'anna@example.com',
  platform: 'linux',
  agent_version: '0.4.0',
  last_seen_at: '2026-11-24T11:59:40Z',
  is_online: true,
  records_waiting: 0,
  records_parked: 0,
  commands_waiting: 0,
  oldest_command_at: null,
  ...change,
})

const late = (change: Partial<LateUpload> = {}): LateUpload => ({
  resume_id: 'r',
  candidate_external_id: '0042',
  device_name: 'Front desk',
  device_last_seen_at: null,
  first_asked_at: '2026-11-24T08:00:00Z',
  asked_at: '2026-11-24T08:00:00Z',
  failures: 0,
  failed_at: null,
  reason: null,
  being_checked: false,
  ...change,
})

const outcome = (change: Partial<UpdateOutcome> = {}): UpdateOutcome => ({
  outcome_id: 'o',
  device_id: 'd',
  device_name: 'Front desk',
  user_email: 'anna@example.com',
  from_version: '0.4.0',
  to_version: '0.5.0',
  result: 'committed',
  reason: null,
  channel: 'stable',
  platform: 'linux-x86_64',
  ended_at: '2026-11-24T08:00:00Z',
  ...change,
})

describe('what to do about a computer', () => {
  it('asks for nothing while all is well', () => {
    expect(computerState(computer(), NOW)).toEqual({ tone: 'good', words: 'nothing waits', next: '' })
  })

  it('sends somebody to the computer whose records were refused, before anything else', () => {
    const state = computerState(computer({ records_parked: 2, is_online: false, records_waiting: 9 }), NOW)
    expect(state.tone).toBe('bad')
    expect(state.words).toBe('2 records were not taken')
    expect(state.next).toContain('Waiting to be sent')
  })

  it('has a computer switched on that something waits for', () => {
    const asked = { commands_waiting: 1, oldest_command_at: '2026-11-24T11:00:00Z' }
    const state = computerState(computer({ is_online: false, records_waiting: 3, ...asked }), NOW)
    expect(state.words).toBe(
      `3 records wait · 1 wish not answered, the oldest asked ${agoText(asked.oldest_command_at, NOW)}`,
    )
    expect(state.next).toContain('switched on')
    expect(computerState(computer(asked), NOW).tone).toBe('good')
  })

  it('wonders about one that is silent for more than a week, or never spoke', () => {
    const silent = computer({ is_online: false, last_seen_at: '2026-11-10T12:00:00Z' })
    expect(computerState(silent, NOW).words).toBe('not heard of for more than a week')
    expect(computerState(computer({ is_online: false, last_seen_at: null }), NOW).words).toBe(
      'not heard of for more than a week',
    )
  })
})

describe('what to do about the rest', () => {
  it('names the computer that a resume is missing from, or the reason', () => {
    expect(lateState(late()).next).toContain('Front desk')
    expect(lateState(late({ being_checked: true })).next).toContain('Nothing to do')
    expect(lateState(late({ reason: 'upload.missing' })).words).not.toBe('')
  })

  it('explains a failure by its reason, and one that it does not know by its code', () => {
    expect(failedState('portal.unreachable').next).not.toBe('')
    expect(failedState('ship.sunk').words).toContain('ship.sunk')
    expect(failedState(null).words).toBe('No reason was told.')
  })

  it('says which version runs after an update', () => {
    expect(updateState(outcome()).words).toBe('runs 0.5.0, from 0.4.0')
    expect(updateState(outcome({ result: 'rolled_back', reason: 'x.new' })).words).toContain(
      'still runs 0.4.0',
    )
    expect(updateState(outcome({ result: 'failed' })).tone).toBe('bad')
  })
})
