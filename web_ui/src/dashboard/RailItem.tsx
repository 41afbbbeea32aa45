/** One list on the left of the dashboard. */
import { UnstyledButton } from '@mantine/core'
import styles from './dashboard.module.css'

interface Props {
  words: string
  count: number | undefined
  current: boolean
  /** How many of them press. */
  due?: number
  onGo(): void
}

export function RailItem({ words, count, current, due = 0, onGo }: Props) {
  return (
    <UnstyledButton className={styles.railItem} aria-current={current ? 'true' : undefined} onClick={onGo}>
      <span className={styles.railWords}>{words}</span>
      {due > 0 && <span className={styles.railDue}>{due} due</span>}
      <span className={styles.railCount}>{count ?? ''}</span>
    </UnstyledButton>
  )
}
