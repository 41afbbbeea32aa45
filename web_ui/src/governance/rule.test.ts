import { describe, expect, it } from 'vitest'
import { dayBegin, dayEnd } from './days'
import { graceWords, keptWords, ruleWords } from './rule'

describe('a rule in words', () => {
  it('says for whom it is', () => {
    expect(ruleWords({ months: 1 })).toBe('Idle for 1 month · every status · every rank')
    expect(ruleWords({ months: 24, statuses: ['unverified', 'New'], ranks: ['Cook'] })).toBe(
      'Idle for 24 months · Not on the dashboard, New · Cook',
    )
    expect(keptWords('Something new')).toBe('Something new')
  })

  it('says what happens then', () => {
    expect(graceWords(1)).toContain('For 1 day an admin can bring them back')
  })
})

describe('days of the filter', () => {
  it('reach from the beginning of the first to the end of the last', () => {
    const begin = Date.parse(dayBegin('2026-11-12') ?? '')
    expect(Date.parse(dayEnd('2026-11-12') ?? '') - begin).toBe(86_400_000)
    expect(dayBegin('')).toBeUndefined()
    expect(dayEnd('12.11.2026')).toBeUndefined()
  })
})
