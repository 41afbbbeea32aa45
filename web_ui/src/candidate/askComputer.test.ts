import { expect, test } from 'vitest'
import type { CloudCopy } from '../generated/types'
import { mayAsk, meaningOf, titleOf } from './AskComputer'

const NOW = Date.parse('2026-11-12T10:00:00Z')

function copy(change: Partial<CloudCopy>): CloudCopy {
  return {
    state: 'not_asked',
    device_name: 'Bridge',
    device_last_seen_at: '2026-11-12T09:58:00Z',
    asked_by: '',
    asked_at: null,
    expires_at: null,
    reason: null,
    ...change,
  }
}

test('a resume that only another computer has says which one, and lets one ask', () => {
  expect(titleOf(copy({}))).toBe('Only Bridge has this resume')
  expect(meaningOf(copy({}), NOW)).toContain('last seen 2 min ago')
  expect(mayAsk(copy({}))).toBe(true)
})

test('nobody asks twice, and nobody asks a computer that is not of the office any more', () => {
  expect(mayAsk(copy({ state: 'waiting' }))).toBe(false)
  expect(mayAsk(copy({ reason: 'upload.computer-disconnected' }))).toBe(false)
  expect(mayAsk(copy({ state: 'refused', reason: 'upload.switched-off' }))).toBe(true)
  expect(titleOf(copy({ state: 'expired' }))).toBe('Bridge did not answer')
})
