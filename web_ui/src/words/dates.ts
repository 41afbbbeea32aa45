/** Dates and times in the words of the office: `12 Nov 2026`. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_MS = 86_400_000

/** A calendar date such as `2026-11-12` as `12 Nov 2026`; it has no time zone and must not shift. */
export function dayText(isoDate: string | null | undefined): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate ?? '')
  if (match === null) return ''
  return `${Number(match[3])} ${MONTHS[Number(match[2]) - 1] ?? ''} ${match[1]}`
}

/** The day where this computer is, as `2026-11-12`. */
export function todayIso(now: number): string {
  const at = new Date(now)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The day that many days from now, as `2026-11-12`; summer time makes no day shorter. */
export function dayIso(now: number, days: number): string {
  const at = new Date(now)
  return todayIso(new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 12).getTime())
}

/** A moment as date and time of this computer: `12 Nov 2026, 14:05`. */
export function momentText(isoMoment: string): string {
  const at = new Date(isoMoment)
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}, ${clockText(isoMoment)}`
}

export function clockText(isoMoment: string | number): string {
  const at = new Date(isoMoment)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

/** A moment as people say it: `just now`, `5 min ago`, `today, 09:12`, `12 Nov 2026`. */
export function agoText(isoMoment: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(isoMoment)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const at = new Date(isoMoment)
  if (at.toDateString() === new Date(now).toDateString()) return `today, ${clockText(isoMoment)}`
  if (at.toDateString() === new Date(now - DAY_MS).toDateString()) return `yesterday, ${clockText(isoMoment)}`
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`
}

export type ExpiryTone = 'expired' | 'soon' | 'valid'

export interface Expiry {
  tone: ExpiryTone
  /** The date itself, `12 Nov 2026`. */
  day: string
  /** What is pressing about it, such as `in 12 days`; empty when nothing is. */
  pressing: string
}

/** How a document's expiry stands today, in words and not by colour alone; null without a date. */
export function expiryOf(isoDate: string | null | undefined, now: number): Expiry | null {
  const day = dayText(isoDate)
  if (day === '') return null
  const [year = 0, month = 1, date = 1] = (isoDate ?? '').split('-').map(Number)
  const today = new Date(now)
  const from = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  const days = Math.round((Date.UTC(year, month - 1, date) - from) / DAY_MS)
  if (days < 0) return { tone: 'expired', day, pressing: 'expired' }
  if (days === 0) return { tone: 'soon', day, pressing: 'expires today' }
  if (days <= 90) return { tone: 'soon', day, pressing: `in ${days} ${days === 1 ? 'day' : 'days'}` }
  return { tone: 'valid', day, pressing: '' }
}
