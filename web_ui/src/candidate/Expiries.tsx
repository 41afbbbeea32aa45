/** Documents that have expired or will within 90 days, in words. */
import type { Document } from '../generated/types'
import { expiryOf } from '../words/dates'
import styles from './candidate.module.css'

export function Expiries({ documents }: { documents: readonly Document[] }) {
  const now = Date.now()
  const pressing = documents
    .map((document) => ({ document, expiry: expiryOf(document.expires_on, now) }))
    .filter(({ expiry }) => expiry !== null && expiry.tone !== 'valid')
    .sort((a, b) => (a.document.expires_on ?? '').localeCompare(b.document.expires_on ?? ''))
  if (pressing.length === 0) return null
  return (
    <ul className={styles.expiries} aria-label="Documents to look at">
      {pressing.slice(0, 4).map(({ document, expiry }) => (
        <li
          key={`${document.kind} ${document.number}`}
          data-tone={expiry?.tone}
          className={styles.expiryChip}
        >
          {document.kind} {expiry?.pressing}, {expiry?.day}
        </li>
      ))}
    </ul>
  )
}
