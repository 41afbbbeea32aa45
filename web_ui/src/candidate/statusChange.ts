/** Setting a status: what may be set, what came in between, and what was refused. */
import { ApiError } from '../api/problem'
import type { CandidateStatus } from '../generated/types'
import { ALLOWED_TRANSITIONS, STATUSES } from '../generated/vocabulary'
import { clockText } from '../words/dates'

/** A person as a change of status needs them: with the version that is on screen. */
export interface StatusTarget {
  candidate_id: string
  name: string
  status: CandidateStatus
  version: number
  allowed_statuses: readonly CandidateStatus[]
}

/** Why this status cannot be set by anyone now, or null when it can. */
export function whyNot(target: StatusTarget, wanted: CandidateStatus): string | null {
  if (target.status === wanted) return `The status is ${wanted} already.`
  if (target.allowed_statuses.includes(wanted)) return null
  const next = ALLOWED_TRANSITIONS[target.status]
  if (next.length === 0) return `${target.status} is final. Only an admin may change it, with a reason.`
  return `From ${target.status} the next step is ${next.join(' or ')}.`
}

/** The person as they will be when the status that is on its way is set. */
export function afterPending<T extends StatusTarget>(target: T, pending: CandidateStatus | undefined): T {
  if (pending === undefined || pending === target.status) return target
  return { ...target, status: pending, allowed_statuses: ALLOWED_TRANSITIONS[pending] }
}

/** What 409 `candidate.changed-meanwhile` says of the person now. */
export interface Conflict {
  version: number
  status: CandidateStatus | null
  touchedBy: string
  touchedAt: string
}

export function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ApiError) || error.reason !== 'candidate.changed-meanwhile') return null
  const { version, status, touched_by, touched_at } = error.facts
  if (typeof version !== 'number') return null
  return {
    version,
    status: STATUSES.find((known) => known === status) ?? null,
    touchedBy: typeof touched_by === 'string' ? touched_by : '',
    touchedAt: typeof touched_at === 'string' ? touched_at : '',
  }
}

/** Who changed what, in one sentence. */
export function conflictText(conflict: Conflict): string {
  const who = conflict.touchedBy || 'Somebody'
  const when = conflict.touchedAt ? ` at ${clockText(conflict.touchedAt)}` : ''
  return `${who} changed this person${when}. ${conflict.status ? `The status is ${conflict.status} now.` : ''}`.trim()
}
