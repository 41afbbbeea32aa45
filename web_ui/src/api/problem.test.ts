import { expect, test } from 'vitest'
import { REASONS } from '../generated/reasons'
import type { Reason } from '../generated/types'
import { asApiError, isReason, reasonWords } from './problem'

test('every reason has a sentence and a next step', () => {
  const reasons = Object.keys(REASONS) as Reason[]
  expect(reasons.length).toBeGreaterThan(50)
  for (const reason of reasons) {
    expect(isReason(reason)).toBe(true)
    expect(REASONS[reason].sentence).toMatch(/[.!]$/)
    expect(REASONS[reason].nextStep.length).toBeGreaterThan(3)
  }
})

test('a reason that this page does not know has words all the same', () => {
  expect(reasonWords('future.reason' as Reason)).toBe(REASONS['cloud.unexpected-answer'])
})

test('whatever is thrown can be shown', () => {
  expect(asApiError(new Error('boom')).words.sentence).not.toContain('boom')
})
