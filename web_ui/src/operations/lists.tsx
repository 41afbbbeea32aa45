/** The lists of the operations page: what is so, and what to do about it. */
import type { ReactNode } from 'react'
import type { ComputerState, OperationsView, UpdateOutcome } from '../generated/types'
import card from '../settings/settings.module.css'
import { agoText, momentText } from '../words/dates'
import { counted } from '../words/numbers'
import { computerState, failedState, type Tone, updateState } from './nextSteps'
import styles from './operations.module.css'

interface LineProps {
  tone: Tone
  title: string
  words: string
  next: string
  button?: ReactNode
  error?: ReactNode
}

export function Line({ tone, title, words, next, button, error }: LineProps) {
  return (
    <li className={`${card.row} ${styles.line}`} data-tone={tone}>
      <div className={card.rowWords}>
        <p className={card.rowTitle}>{title}</p>
        <p className={styles.words}>{words}</p>
        {next !== '' && <p className={card.small}>{next}</p>}
        {error}
      </div>
      {button}
    </li>
  )
}

export function ComputersList({ computers }: { computers: ComputerState[] }) {
  const now = Date.now()
  if (computers.length === 0) return <p className={card.soft}>None is connected yet.</p>
  return (
    <ul className={styles.long} aria-label="Computers">
      {computers.map((computer) => {
        const { tone, words, next } = computerState(computer, now)
        const seen = computer.is_online
          ? 'on'
          : computer.last_seen_at
            ? `seen ${agoText(computer.last_seen_at, now)}`
            : 'never seen'
        return (
          <Line
            key={computer.device_id}
            tone={tone}
            title={computer.device_name}
            words={`${computer.user_email} · ${computer.platform}, version ${computer.agent_version} · ${seen} · ${words}`}
            next={next}
          />
        )
      })}
    </ul>
  )
}

export function FailedList({ view }: { view: OperationsView }) {
  const now = Date.now()
  return (
    <>
      <p className={card.small}>
        {view.succeeded} ended well, {view.cancelled} {view.cancelled === 1 ? 'was' : 'were'} cancelled.
      </p>
      {view.failed.length === 0 && <p className={card.soft}>None failed.</p>}
      <ul className={styles.long} aria-label="Downloads that failed">
        {view.failed.map((row) => {
          const { words, next } = failedState(row.reason)
          return (
            <Line
              key={row.reason ?? ''}
              tone="bad"
              title={`${counted(row.jobs, 'download')} on ${counted(row.computers, 'computer')}, the last ${agoText(row.last_at, now)}`}
              words={words}
              next={next}
            />
          )
        })}
      </ul>
    </>
  )
}

export function UpdatesList({ outcomes }: { outcomes: UpdateOutcome[] }) {
  if (outcomes.length === 0) return <p className={card.soft}>No computer has told of an update yet.</p>
  return (
    <ul className={styles.long} aria-label="Updates">
      {outcomes.map((outcome) => {
        const { tone, words, next } = updateState(outcome)
        return (
          <Line
            key={outcome.outcome_id}
            tone={tone}
            title={`${outcome.device_name} · ${momentText(outcome.ended_at)}`}
            words={words}
            next={next}
          />
        )
      })}
    </ul>
  )
}
