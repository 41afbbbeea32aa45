/** When something expires, in words and colour. */
import { expiryOf } from '../words/dates'
import styles from './resume.module.css'

export function ExpiryText({ date }: { date: string | null }) {
  const expiry = expiryOf(date, Date.now())
  if (expiry === null) return null
  return (
    <span className={styles.expiry} data-tone={expiry.tone}>
      {expiry.tone === 'expired' ? expiry.words : expiry.words.replace(/^(\d)/, 'until $1')}
    </span>
  )
}
