/** A call-back: when, whose, and setting the day of one. */
import { Button, TextInput } from '@mantine/core'
import { CallBackIcon } from '../shell/icons'
import { dayIso, dayText, todayIso } from '../words/dates'
import styles from './candidate.module.css'

export type CallBackTone = 'overdue' | 'today' | 'later'

export interface CallBackWords {
  tone: CallBackTone
  words: string
}

/** When somebody is to be called back, in words. */
export function callBackWords(day: string, now: number): CallBackWords {
  const today = todayIso(now)
  if (day < today) return { tone: 'overdue', words: `was due ${dayText(day)}` }
  if (day === today) return { tone: 'today', words: 'today' }
  return { tone: 'later', words: day === dayIso(now, 1) ? 'tomorrow' : dayText(day) }
}

export function CallBackMark({ day, isMine, now }: { day: string; isMine: boolean; now: number }) {
  const { tone, words } = callBackWords(day, now)
  return (
    <span
      className={styles.callBack}
      data-tone={isMine ? tone : 'later'}
      title={isMine ? `You call back ${words}` : `A colleague calls back ${words}`}
    >
      <CallBackIcon size={12} /> <span className="visually-hidden">Call back </span>
      {words}
    </span>
  )
}

interface FieldProps {
  value: string
  onChange(day: string): void
}

/** The day of a call-back, with the days that are asked for most. */
export function CallBackField({ value, onChange }: FieldProps) {
  const now = Date.now()
  const quick = [
    { words: 'Today', day: todayIso(now) },
    { words: 'Tomorrow', day: dayIso(now, 1) },
    { words: 'In a week', day: dayIso(now, 7) },
  ]
  return (
    <fieldset className={styles.callField}>
      <legend className="visually-hidden">Call back</legend>
      <CallBackIcon className={styles.callIcon} />
      <TextInput
        type="date"
        size="xs"
        aria-label="Call back on"
        min={todayIso(now)}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {quick.map(({ words, day }) => (
        <Button
          key={words}
          size="compact-xs"
          variant={value === day ? 'light' : 'default'}
          aria-pressed={value === day}
          onClick={() => onChange(value === day ? '' : day)}
        >
          {words}
        </Button>
      ))}
    </fieldset>
  )
}
