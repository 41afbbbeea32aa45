import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../generated/types'
import { ACTS } from '../generated/vocabulary'
import { ACT_WORDS, aboutText, actWords, fromText, whoText } from './acts'

const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  entry_id: 7,
  at: '2026-11-12T08:00:00Z',
  user_id: 'u1',
  user_name: 'Anna',
  is_named: true,
  device_id: null,
  device_name: '',
  address: '192.0.2.7',
  action: 'resume.link',
  subject_type: 'resume',
  subject_id: 'r1',
  subject_name: '',
  candidate_id: 'c1',
  candidate_name: 'Asta Berg',
  candidate_is_deleted: false,
  details: {},
  trace_id: '',
  ...change,
})

describe('the audit log in words', () => {
  it('has words for everything that is noted, each once', () => {
    const words = ACTS.map((act) => ACT_WORDS[act])
    expect(words.every((text) => text !== '' && !text.includes('.'))).toBe(true)
    expect(new Set(words).size).toBe(words.length)
  })

  it('shows an act that only a newer cloud knows as it is', () => {
    expect(actWords('resume.link')).toBe('opened a resume')
    expect(actWords('ship.sunk')).toBe('ship.sunk')
  })

  it('says that nobody did what a rule did', () => {
    expect(whoText(entry())).toBe('Anna')
    expect(whoText(entry({ user_id: null, user_name: '' }))).toBe('A rule of the office')
  })

  it('credits nobody where a computer does not say who sat at it', () => {
    expect(whoText(entry({ is_named: false }))).toBe('On the computer of Anna')
    expect(whoText(entry({ is_named: false, user_name: '' }))).toBe('On the computer of somebody')
  })

  it('says whom it is about, and not who was deleted', () => {
    expect(aboutText(entry())).toBe('Asta Berg')
    expect(aboutText(entry({ candidate_name: '', candidate_is_deleted: true }))).toBe(
      'a person who was deleted',
    )
    expect(aboutText(entry({ candidate_name: '', details: { people: 1 } }))).toBe('1 person')
    expect(aboutText(entry({ details: { from: 'New', to: 'Interested' } }))).toBe(
      'Asta Berg · from New to Interested',
    )
  })

  it('says from where: the computer, and the address', () => {
    expect(fromText(entry())).toBe('192.0.2.7')
    expect(fromText(entry({ device_name: 'Front desk' }))).toBe('Front desk, 192.0.2.7')
  })
})
