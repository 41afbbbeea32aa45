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
