/** The roles in words. Who may do what is the cloud's to say (docs/POLICY.md). */
import type { Role } from '../generated/types'

export const ROLES: { value: Role; label: string; may: string }[] = [
  { value: 'recruiter', label: 'Recruiter', may: 'Downloads resumes and follows people on the dashboard.' },
  { value: 'manager', label: 'Manager', may: 'Also sees everybody’s downloads and computers.' },
  { value: 'admin', label: 'Admin', may: 'Also invites people, changes roles, and reads the audit log.' },
]

export function roleWord(role: Role): string {
  return ROLES.find((known) => known.value === role)?.label ?? role
}

export function roleMay(role: Role): string {
  return ROLES.find((known) => known.value === role)?.may ?? ''
}

/** With its article: `an admin`. */
export function aRole(role: Role): string {
  return role === 'admin' ? 'an admin' : `a ${role}`
}
