/** What the audit log tells, in the words of the office. */
import type { AuditEntry } from '../generated/types'
import { ACTS, type Act } from '../generated/vocabulary'
import { counted } from '../words/numbers'

export const ACT_WORDS: Record<Act, string> = {
  'resume.link': 'opened a resume',
  'resume.opened': 'opened a resume on a computer',
  'resume.downloaded': 'downloaded a resume to a computer',
  'resume.kept-on-computer': 'a copy stays on a computer',
  'resume.upload-asked': 'asked a computer for a resume',
  'candidates.export': 'asked for an export',
  'export.taken': 'took an export',
  'audit.export': 'took the audit log',
  'status.overridden': 'set a status against the steps',
  'candidate.deleted': 'deleted a person',
  'candidate.restored': 'brought a person back',
  'candidate.erased': 'erased a person',
  'hold.placed': 'placed a legal hold',
  'hold.lifted': 'lifted a legal hold',
  'rule.made': 'made a rule on keeping people',
  'rule.changed': 'changed a rule on keeping people',
  'rule.dropped': 'dropped a rule on keeping people',
  'device.paired': 'connected a computer',
  'device.revoked': 'disconnected a computer',
  'device.folder-changed': 'chose a folder for resumes',
  'invitation.made': 'invited somebody',
  'invitation.renewed': 'renewed an invitation',
  'invitation.revoked': 'took an invitation back',
  'invitation.accepted': 'joined the office',
  'member.role-changed': 'changed a role',
  'member.deactivated': 'switched a colleague off',
  'member.reactivated': 'switched a colleague on again',
  'command.asked': 'asked a computer to do something',
}

/** What a computer was asked for. */
const KIND_WORDS: Record<string, string> = {
  start_download: 'start a download',
  cancel_job: 'cancel a download',
  pause_job: 'pause a download',
  resume_job: 'go on with a download',
  connect_portal: 'log in to the job portal',
  resend_code: 'have a new code sent',
  portal_code: 'use a one-time code',
  disconnect_portal: 'log out of the job portal',
}

/** An act's words; one that a newer cloud knows and this page does not is shown as it is. */
export function actWords(action: string): string {
  const known = ACTS.find((act) => act === action)
  return known === undefined ? action : ACT_WORDS[known]
}

/** Who did it; a rule of the office does some things by itself, and some computers do not say who sat there. */
export function whoText(entry: AuditEntry): string {
  if (entry.user_id === null) return 'A rule of the office'
  if (!entry.is_named) return `On the computer of ${entry.user_name || 'somebody'}`
  return entry.user_name || 'Somebody'
}

/** Whom or what it is about: a person, a colleague or a computer, and what else there is to say. */
export function aboutText(entry: AuditEntry): string {
  const parts: string[] = []
  if (entry.candidate_is_deleted) parts.push('a person who was deleted')
  else if (entry.candidate_name) parts.push(entry.candidate_name)
  if (entry.subject_name) parts.push(entry.subject_name)
  const { people, from, to, because, role, months, kind } = entry.details as Record<string, unknown>
  if (typeof people === 'number') parts.push(counted(people, 'person', 'people'))
  if (typeof from === 'string' && typeof to === 'string') parts.push(`from ${from} to ${to}`)
  else if (typeof role === 'string') parts.push(role)
  if (typeof kind === 'string') parts.push(KIND_WORDS[kind] ?? kind)
  if (because === 'rule') parts.push('the days of grace were over')
  if (typeof months === 'number') parts.push(`idle for ${counted(months, 'month')}`)
  return parts.join(' · ')
}

/** From where: the address of the request and, where a computer of the office did it, which. */
export function fromText(entry: AuditEntry): string {
  return [entry.device_name, entry.address].filter(Boolean).join(', ')
}
