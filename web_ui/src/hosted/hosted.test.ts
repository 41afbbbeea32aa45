import { expect, test } from 'vitest'
import { startWord } from '../download/ChooseCard'
import type { CommandView, DeviceView, JobLogLine, JobView } from '../generated/types'
import { onlineText, ownComputers, queueOf, shownComputer } from './computers'
import { whatIsMissing } from './HostedChooseCard'
import { advanced, personOf } from './jobLines'
import { answered } from './useComputers'

const NOW = Date.parse('2026-11-12T12:00:00Z')

function computer(name: string, change: Partial<DeviceView> = {}): DeviceView {
  return {
    device_id: name,
    device_name: name,
    platform: 'Windows 11',
    agent_version: '0.1.0',
    user_email: 'ingrid@fjord.example.com',
    status: 'active',
    last_seen_at: '2026-11-12T11:59:50Z',
    waiting: 0,
    parked: 0,
    is_own: true,
    is_online: true,
    portal: {
      state: 'connected',
      otp_seconds_left: null,
      reason: null,
      login_is_kept: true,
      phone_ends: '32',
      folder_reason: null,
      sealing_key: 'B',
    },
    ...change,
  }
}

function job(id: string, change: Partial<JobView> = {}): JobView {
  return {
    job_id: id,
    rank: 'Cook',
    ship_type: 'Tanker',
    force_redownload: false,
    status: 'queued',
    counts: { listed: 0, stored: 0, skipped: 0, failed: 0 },
    reason: null,
    message: '',
    created_at: '2026-11-12T11:00:00Z',
    started_at: null,
    ended_at: null,
    change: 1,
    retry_of: null,
    user_email: 'ingrid@fjord.example.com',
    device_id: 'Laptop',
    device_name: 'Laptop',
    is_heard_of: true,
    waits_until: null,
    ...change,
  }
}

function line(seq: number, change: Partial<JobLogLine> = {}): JobLogLine {
  return {
    seq,
    level: 'info',
    line: 'stored',
    candidate_external_id: '0042',
    outcome: 'stored',
    reason: null,
    created_at: '2026-11-12T11:30:00Z',
    ...change,
  }
}

test('only own connected computers are offered, those that are on first', () => {
  const off = computer('Off', { is_online: false, last_seen_at: null })
  const found = ownComputers([
    off,
    computer('Foreign', { is_own: false }),
    computer('Gone', { status: 'revoked' }),
    computer('Laptop'),
  ])
  expect(found.map(({ device_name }) => device_name)).toEqual(['Laptop', 'Off'])
  expect(shownComputer(found, 'Off')).toBe(off)
  expect(shownComputer(found, 'Gone')?.device_name).toBe('Laptop')
  expect(shownComputer([], null)).toBeNull()
})

test('whether a computer is on is said in words', () => {
  expect(onlineText(computer('a'), NOW)).toBe('On')
  expect(onlineText(computer('a', { is_online: false, last_seen_at: null }), NOW)).toBe('Not seen yet')
  const off = computer('a', { is_online: false, last_seen_at: '2026-11-12T11:00:00Z' })
  expect(onlineText(off, NOW)).toContain('Off, last seen')
})

test('each download says what it waits for', () => {
  const jobs = [
    job('4', { is_heard_of: false }),
    job('3', { reason: 'folder.not-there' }),
    job('2', { reason: 'job.paused' }),
    job('1'),
    job('0', { status: 'running' }),
  ]
  const connected = computer('a').portal
  expect(
    queueOf(jobs, connected).map(({ job_id, position, waits_for }) => [job_id, position, waits_for]),
  ).toEqual([
    ['1', 1, 'turn'],
    ['2', null, 'person'],
    ['3', 2, 'folder'],
    ['4', 3, 'computer'],
  ])
  const out = connected && { ...connected, state: 'ended' as const }
  expect(queueOf(jobs, out).map(({ waits_for }) => waits_for)).toEqual([
    'login',
    'person',
    'login',
    'computer',
  ])
})

test('a line of the log about a person is that person, and one about the download is nobody', () => {
  expect(personOf(line(3))).toMatchObject({ seq: 3, candidate_external_id: '0042', state: 'stored' })
  expect(personOf(line(4, { outcome: null }))).toBeNull()
})

test('lines that come twice count once, and what is over stays over', () => {
  const before = { job: job('1'), listings: new Map(), secondsLeft: null, queued: null }
  const after = advanced(before, [line(1), line(1), line(2)], job('1', { status: 'success' }))
  expect([...after.listings.keys()]).toEqual([1, 2])
  const running = job('1', { status: 'running', counts: { listed: 9, stored: 0, skipped: 0, failed: 0 } })
  const counted = advanced(before, [line(1), line(2), line(3, { outcome: 'failed' })], running).job.counts
  expect(counted).toEqual({ listed: 9, stored: 2, skipped: 0, failed: 1 })
  expect(advanced(after, [], job('1', { status: 'running' })).job.status).toBe('success')
})

test('a command that was refused or came too late says why', () => {
  const view = (change: Partial<CommandView>): CommandView => ({
    command_id: 'c',
    device_id: 'd',
    kind: 'connect_portal',
    state: 'done',
    reason: null,
    is_claimed: true,
    created_at: '2026-11-12T11:00:00Z',
    expires_at: '2026-11-12T11:02:00Z',
    ...change,
  })
  expect(answered(view({})).state).toBe('done')
  expect(() => answered(view({ state: 'refused', reason: 'login.busy' }))).toThrow('The portal is in use')
  expect(() => answered(view({ state: 'expired' }))).toThrow('did not answer in time')
})

test('the button says what is missing, and what a press does', () => {
  expect(whatIsMissing(null, null, false, false)).toBe('Choose a rank')
  expect(whatIsMissing('Cook', null, false, false)).toBe('Choose a ship type')
  expect(whatIsMissing('Cook', 'Tanker', true, false)).toBe('This download is in the queue')
  expect(whatIsMissing('Cook', 'Tanker', false, true)).toBe('Its folder cannot be used now')
  expect(whatIsMissing('Cook', 'Tanker', false, false)).toBeNull()
  expect(startWord([job('1', { status: 'success' }), job('2', { reason: 'job.paused' })])).toBe(
    'Start download',
  )
  expect(startWord([job('1', { status: 'running' })])).toBe('Add to the queue')
  expect(startWord([job('1')])).toBe('Add to the queue')
})
