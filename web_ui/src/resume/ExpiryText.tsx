/** When something expires: the date, and below it in words what is pressing about it. */
import { expiryOf } from '../words/dates'
import styles from './resume.module.css'

export function ExpiryText({ date }: { date: string | null }) {
  const expiry = expiryOf(date, Date.now())
  if (expiry === null) return null
  return (
    <span className={styles.expiry} data-tone={expiry.tone}>
      <span>{expiry.day}</span>
      {expiry.pressing && <span className={styles.pressing}>{expiry.pressing}</span>}
    </span>
  )
}
