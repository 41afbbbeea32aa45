import { describe, expect, test } from 'vitest'
import type { UpdateState, UpdateView } from '../generated/types'
import {
  bannerOf,
  endedText,
  isMoving,
  notConfirmedText,
  percentOf,
  readyText,
  stateText,
} from './updateWords'

const AT = '2026-11-12T08:00:00Z'
const IDLE: UpdateView = {
  updates_itself: true,
  state: 'idle',
  version: '1.4.1',
  build: 141,
  channel: 'stable',
  offered: null,
  notes: '',
  is_critical: false,
  is_unsafe: false,
  done_bytes: 0,
  total_bytes: 0,
  why: null,
  checked_at: AT,
  not_confirmed: null,
  is_checking: false,
  restart: null,
  restart_at: null,
  is_writable: true,
  ended: null,
}
const BACK = {
  id: 'a1',
  result: 'rolled_back',
  from_version: '1.4.1',
  to_version: '1.4.2',
  at: AT,
  reason: 'update.check-failed',
} as const
const NOBODY = new Set<string>()

function at(state: UpdateState, changes: Partial<UpdateView> = {}): UpdateView {
  return { ...IDLE, state, offered: '1.4.2', ...changes }
}

describe('words of an update', () => {
  test('every state has a sentence that says no code', () => {
    const states: UpdateState[] = [
      'idle',
      'checking',
      'held',
      'offered',
      'downloading',
      'paused',
      'verified',
      'staged',
      'ready',
      'pending',
      'probation',
      'committed',
      'failed',
      'rolled_back',
    ]
    for (const state of states) expect(stateText(at(state))).toMatch(/^[A-Z][^_]+[.…AB]$/)
  })

  test('what could not be confirmed is not called the newest', () => {
    expect(stateText(IDLE)).toBe('This is the newest version for this computer.')
    const lost = { ...IDLE, not_confirmed: 'update.unreachable' as const }
    expect(stateText(lost)).not.toContain('newest version for')
    expect(notConfirmedText(lost)).toMatch(/since 12 Nov 2026/)
    expect(notConfirmedText({ ...lost, checked_at: null })).toMatch(/not be confirmed yet/)
    expect(notConfirmedText(IDLE)).toBe('')
  })

  test('who may not install is told who may', () => {
    expect(stateText(at('offered', { is_writable: false }))).toContain('whoever manages it')
    expect(stateText(at('offered'))).toContain('will be fetched')
  })

  test('when it starts is said', () => {
    expect(readyText(at('pending', { restart: 'at_next_start' }))).toContain('started next')
    expect(readyText(at('pending', { restart: 'tonight', restart_at: AT }))).toMatch(
      /tonight at about \d\d:\d\d/,
    )
    expect(readyText(at('pending', { restart: 'now' }))).toContain('restarts…')
  })

  test('progress is in whole percent and never over all', () => {
    expect(percentOf(at('downloading', { done_bytes: 1, total_bytes: 3 }))).toBe(33)
    expect(percentOf(at('downloading', { done_bytes: 9, total_bytes: 3 }))).toBe(100)
    expect(percentOf(IDLE)).toBe(0)
    expect(isMoving(at('downloading'))).toBe(true)
    expect(isMoving(IDLE)).toBe(false)
  })

  test('how the last one ended is said', () => {
    expect(endedText(IDLE)).toBe('')
    expect(endedText({ ...IDLE, ended: BACK })).toMatch(/^Version 1.4.2 did not work .* 1.4.1 runs again/)
    expect(endedText({ ...IDLE, ended: { ...BACK, result: 'committed' } })).toMatch(
      /^Updated from 1.4.1 to 1.4.2/,
    )
    expect(endedText({ ...IDLE, ended: { ...BACK, result: 'failed' } })).toMatch(/not taken/)
  })
})

describe('the line above the screens', () => {
  test('is there when something is ready, and can be put away', () => {
    const ready = at('pending', { restart: 'at_next_start' })
    const banner = bannerOf(ready, NOBODY)
    expect(banner?.kind).toBe('ready')
    expect(bannerOf(ready, new Set([banner?.key ?? '']))).toBeNull()
    expect(bannerOf(IDLE, NOBODY)).toBeNull()
    expect(bannerOf(at('downloading'), NOBODY)).toBeNull()
    expect(bannerOf({ ...ready, updates_itself: false }, NOBODY)).toBeNull()
  })

  test('cannot be put away when it is pressing', () => {
    const pressing = at('pending', { is_critical: true })
    expect(bannerOf(pressing, new Set(['1.4.2 ']))?.kind).toBe('urgent')
    expect(bannerOf({ ...IDLE, is_unsafe: true }, NOBODY)?.kind).toBe('unsafe')
    expect(bannerOf(at('pending', { is_unsafe: true }), NOBODY)?.kind).toBe('urgent')
  })

  test('tells of a version that was taken back until it was read', () => {
    const back = { ...IDLE, ended: BACK }
    expect(bannerOf(back, NOBODY)).toEqual({ kind: 'back', key: 'a1' })
    expect(bannerOf(back, new Set(['a1']))).toBeNull()
    expect(bannerOf({ ...IDLE, state: 'probation' }, NOBODY)?.kind).toBe('held')
  })
})
