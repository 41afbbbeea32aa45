/** An error as people read it: what happened, what to do, and small below it the code for support. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { asApiError, reasonWords, supportCode } from '../api/problem'
import type { Reason } from '../generated/types'
import { AlertIcon } from '../shell/icons'
import styles from './problem.module.css'

interface Props {
  error: unknown
  onRetry?: () => void
  /** Something that keeps trying by itself is announced politely. */
  background?: boolean
  /** A line before the words, such as how old what is on screen is. */
  note?: string
}

export function ProblemNote({ error, onRetry, background = false, note }: Props) {
  const problem = asApiError(error)
  return (
    <div
      className={styles.note}
      data-tone={background ? 'warn' : 'bad'}
      role={background ? 'status' : 'alert'}
    >
      <AlertIcon className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.sentence}>{problem.words.sentence}</p>
        <p>{problem.words.nextStep}</p>
        {note && <p className={styles.soft}>{note}</p>}
        <CodeButton code={supportCode(problem)} />
      </div>
      {onRetry && (
        <Button variant="default" size="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** The words of a reason that came as data and not as an error. */
export function ReasonNote({ reason, tone = 'bad' }: { reason: Reason; tone?: 'bad' | 'warn' }) {
  const words = reasonWords(reason)
  return (
    <div className={styles.note} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <AlertIcon className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.sentence}>{words.sentence}</p>
        <p>{words.nextStep}</p>
        <CodeButton code={reason} />
      </div>
    </div>
  )
}

/** The code to read out to support; a click copies it. */
export function CodeButton({ code }: { code: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      // Where the clipboard is not allowed, the code is selectable text.
      () => setCopied(false),
    )
  }
  return (
    <button type="button" className={styles.code} onClick={copy} title="Copy the code for support">
      {code}
      <span className={styles.copied} aria-live="polite">
        {copied ? ' copied' : ''}
      </span>
    </button>
  )
}
