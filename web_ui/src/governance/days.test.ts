import { expect, it } from 'vitest'
import { areCrossed, dayBegin, dayEnd } from './days'

it('reaches from the beginning of the first day to the end of the last', () => {
  const begin = Date.parse(dayBegin('2026-11-24') ?? '')
  expect(Date.parse(dayEnd('2026-11-24') ?? '') - begin).toBe(86_400_000)
  expect(dayBegin('')).toBeUndefined()
})

it('finds a last day before the first', () => {
  expect(areCrossed({ since: '2026-11-24', until: '2026-11-23' })).toBe(true)
  expect(areCrossed({ since: '2026-11-24', until: '2026-11-24' })).toBe(false)
  expect(areCrossed({ since: '2026-11-24', until: '' })).toBe(false)
})
