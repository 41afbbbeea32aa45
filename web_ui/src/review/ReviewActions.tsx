/** Verify and pass, for the row under the cursor, the selected ones, or all that are shown. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Question } from '../shell/Question'
import type { Decision } from './decide'
import styles from './review.module.css'

interface Props {
  selected: number
  all: number
  disabled: boolean
  onDecide(decision: Decision): void
  onVerifyAll(): void
}

export function ReviewActions({ selected, all, disabled, onDecide, onVerifyAll }: Props) {
  const [asking, setAsking] = useState(false)
  const many = selected > 0 ? ` ${selected}` : ''
  return (
    <div className={styles.actions}>
      <Button
        disabled={disabled}
        onClick={() => onDecide('verify')}
        rightSection={<span className={styles.key}>V</span>}
      >
        Verify{many}
      </Button>
      <Button
        variant="default"
        disabled={disabled}
        onClick={() => onDecide('pass')}
        rightSection={<span className={styles.key}>X</span>}
      >
        Pass{many}
      </Button>
      <Button variant="subtle" disabled={disabled} className={styles.all} onClick={() => setAsking(true)}>
        Verify all shown
      </Button>
      <Question
        opened={asking}
        title={`Verify all ${all} that are shown?`}
        yes={`Verify ${all}`}
        no="Look at them first"
        onYes={() => {
          setAsking(false)
          onVerifyAll()
        }}
        onNo={() => setAsking(false)}
      >
        They go to the dashboard. It can be undone for 30 seconds.
      </Question>
    </div>
  )
}
