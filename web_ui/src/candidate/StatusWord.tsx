/** A status as a word with its colour. */
import type { CandidateStatus } from '../generated/types'
import styles from './candidate.module.css'

/** The same status where there is little room. */
export const SHORT_STATUS: Record<CandidateStatus, string> = {
  New: 'New',
  Contacted: 'Contacted',
  Interested: 'Interested',
  'Mail Sent (handoff complete)': 'Mail Sent',
  'Not Interested': 'Not Interested',
}

export function StatusWord({ status, title }: { status: CandidateStatus; title?: string }) {
  return (
    <span className={styles.status} data-status={SHORT_STATUS[status]} title={title ?? status}>
      {SHORT_STATUS[status]}
    </span>
  )
}
