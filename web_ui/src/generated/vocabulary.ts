// Made by web_ui/gen/generate.py from the Python models. Change those, not this.

import type { CandidateStatus } from './types'

export const STATUSES: readonly CandidateStatus[] = [
  "New",
  "Contacted",
  "Interested",
  "Mail Sent (handoff complete)",
  "Not Interested"
]

export const ALLOWED_TRANSITIONS: Record<CandidateStatus, readonly CandidateStatus[]> = {
  "New": [
    "Contacted"
  ],
  "Contacted": [
    "Interested",
    "Not Interested"
  ],
  "Interested": [
    "Mail Sent (handoff complete)"
  ],
  "Mail Sent (handoff complete)": [],
  "Not Interested": []
}

export const ARCHIVE_STATUSES: readonly CandidateStatus[] = [
  "Mail Sent (handoff complete)",
  "Not Interested"
]

export const ACTS = [
  "resume.link",
  "resume.opened",
  "resume.downloaded",
  "resume.kept-on-computer",
  "resume.upload-asked",
  "candidates.export",
  "export.taken",
  "audit.export",
  "status.overridden",
  "candidate.deleted",
  "candidate.restored",
  "candidate.erased",
  "hold.placed",
  "hold.lifted",
  "rule.made",
  "rule.changed",
  "rule.dropped",
  "device.paired",
  "device.revoked",
  "device.folder-changed",
  "invitation.made",
  "invitation.renewed",
  "invitation.revoked",
  "invitation.accepted",
  "member.role-changed",
  "member.deactivated",
  "member.reactivated",
  "command.asked"
] as const

export type Act = (typeof ACTS)[number]
