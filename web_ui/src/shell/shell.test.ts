import { expect, test } from 'vitest'
import { ApiError } from '../api/problem'
import type { Health } from '../generated/types'
import { dashboardSearch } from './router'
import { signedInOf } from './session'
import { syncState } from './sync'

function health(change: Partial<Health> = {}, outbox: Partial<Health['outbox']> = {}): Health {
  return {
    status: 'ok',
    agent_version: '1',
    pairing: { paired: true, device_id: 'd', organisation_name: 'Fjord', user_email: 'a@example.com' },
    cloud: 'reachable',
    cloud_reason: null,
    records_reason: null,
    last_sync_at: null,
    outbox: { waiting: 0, parked: 0, uploads_waiting: 0, ...outbox },
    secrets_are_kept: true,
    native_dialogs: false,
    running_job_id: null,
    is_held: false,
    ...change,
  }
}

test('the sync badge has the office’s four words', () => {
  const unpaired = health({
    pairing: { paired: false, device_id: null, organisation_name: '', user_email: '' },
  })
  expect(syncState(unpaired).word).toBe('Local only')
  expect(syncState(health({ cloud: 'off' })).word).toBe('Local only')
  expect(syncState(health()).word).toBe('Synced')
  expect(syncState(health({}, { waiting: 2 })).word).toBe('Sync pending')
  expect(syncState(health({}, { uploads_waiting: 1 })).word).toBe('Sync pending')
  expect(syncState(health({}, { parked: 1 })).word).toBe('Sync failed')
  expect(syncState(health({ cloud: 'unreachable' }, { waiting: 1 })).word).toBe('Sync failed')
})

test('filters are read from an address, and nonsense in it is left out', () => {
  expect(dashboardSearch({ status: 'Contacted', rank: 'Master', q: 7, archive: 'true', evil: 'x' })).toEqual({
    status: 'Contacted',
    rank: 'Master',
    q: '7',
    archive: true,
  })
  expect(dashboardSearch({ status: 'Hired', archive: 'no' })).toEqual({})
})

test('an office that cannot be reached is not a person that is signed out', () => {
  expect(signedInOf(undefined, new ApiError('auth.required'), false).kind).toBe('out')
  expect(signedInOf(undefined, new ApiError('auth.provider-unavailable'), false).kind).toBe('unreachable')
  expect(signedInOf(undefined, new ApiError('cloud.unreachable'), false).kind).toBe('unreachable')
  expect(signedInOf(undefined, null, false).kind).toBe('unknown')
  expect(signedInOf(undefined, null, true).kind).toBe('out')
})
