/** A rule on how long people are kept, in a sentence. */
import type { RuleRequest } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import { counted } from '../words/numbers'

type Kept = NonNullable<RuleRequest['statuses']>[number]

export const KEPT_WORDS: { value: Kept; label: string }[] = [
  { value: 'unverified', label: 'Not on the dashboard' },
  ...STATUSES.map((status) => ({ value: status, label: status })),
]

export function keptWords(status: string): string {
  return KEPT_WORDS.find((known) => known.value === status)?.label ?? status
}

/** `Nobody did anything with them for 24 months · Not Interested · Master, Cook`. */
export function ruleWords(rule: { months: number; statuses?: string[]; ranks?: string[] }): string {
  const statuses = (rule.statuses ?? []).map(keptWords).join(', ') || 'every status'
  const ranks = (rule.ranks ?? []).join(', ') || 'every rank'
  return `Idle for ${counted(rule.months, 'month')} · ${statuses} · ${ranks}`
}

export function graceWords(days: number): string {
  return `They leave every list at once. For ${counted(days, 'day')} an admin can bring them back; then they are erased for good, with their files in the office's store. Copies on recruiters' computers stay.`
}
