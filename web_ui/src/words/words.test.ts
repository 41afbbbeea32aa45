import { expect, test } from 'vitest'
import { agoText, dayText, expiryOf } from './dates'
import { bytesText, countdownText, counted, durationText } from './numbers'
import { callAddress, mailAddress, whatsAppAddress } from './phones'

const NOW = new Date(2026, 10, 12, 14, 0).getTime()

test('a date is told as the office writes it and never shifts by a time zone', () => {
  expect(dayText('2026-11-12')).toBe('12 Nov 2026')
  expect(dayText('2027-01-01')).toBe('1 Jan 2027')
  expect(dayText(null)).toBe('')
  expect(dayText('12/11/2026')).toBe('')
})

test('an expiry is told in words', () => {
  expect(expiryOf('2026-11-11', NOW)).toEqual({ tone: 'expired', day: '11 Nov 2026', pressing: 'expired' })
  expect(expiryOf('2026-11-12', NOW)).toMatchObject({ tone: 'soon', pressing: 'expires today' })
  expect(expiryOf('2026-11-13', NOW)).toMatchObject({ tone: 'soon', pressing: 'in 1 day' })
  expect(expiryOf('2028-11-13', NOW)).toMatchObject({ tone: 'valid', pressing: '' })
  expect(expiryOf(null, NOW)).toBeNull()
})

test('a moment is told as people say it', () => {
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()
  expect(agoText(new Date(NOW - 20_000).toISOString(), NOW)).toBe('just now')
  expect(agoText(new Date(NOW - 300_000).toISOString(), NOW)).toBe('5 min ago')
  expect(agoText(at(2026, 10, 12, 9, 5), NOW)).toBe('today, 09:05')
  expect(agoText(at(2026, 10, 11, 9, 5), NOW)).toBe('yesterday, 09:05')
  expect(agoText(at(2026, 9, 3, 9, 5), NOW)).toBe('3 Oct 2026')
})

test('numbers carry their units', () => {
  expect([bytesText(999), bytesText(34_200_000_000)]).toEqual(['999 B', '34.2 GB'])
  expect([durationText(40), durationText(200), durationText(4800)]).toEqual(['40 s', '3 min', '1 h 20 min'])
  expect([countdownText(65), countdownText(-3)]).toEqual(['1:05', '0:00'])
  expect([counted(1, 'record'), counted(2, 'person', 'people')]).toEqual(['1 record', '2 people'])
})

test('a phone number keeps its zeros, and WhatsApp is offered only where it would reach the right person', () => {
  expect(callAddress('0063 56 555 0122')).toBe('tel:0063565550122')
  expect(callAddress('none')).toBeNull()
  expect(whatsAppAddress('+94 077 555 0121')).toBe('https://wa.me/940775550121')
  expect(whatsAppAddress('0063 56 555 0122')).toBe('https://wa.me/63565550122')
  expect(whatsAppAddress('0233 49 555 0129')).toBeNull()
})

test('of several numbers in one field the first is called, never all of them run together', () => {
  for (const two of [
    '+385 86 555 0159 / 091 555 0188',
    '+385 86 555 0159, 123',
    '+385 86 555 0159 +385 91 1',
  ]) {
    expect(callAddress(two)).toBe('tel:+385865550159')
    expect(whatsAppAddress(two)).toBe('https://wa.me/385865550159')
  }
})

test('an e-mail address cannot smuggle anything into a mail', () => {
  expect(mailAddress('a.b@example.com')).toBe('mailto:a.b@example.com')
  expect(mailAddress('a@example.com?bcc=x')).toBe('mailto:a@example.com%3Fbcc%3Dx')
  expect(mailAddress('nobody')).toBeNull()
})
