/** What somebody can do about each thing that the operations page shows. */
import { isReason, reasonWords } from '../api/problem'
import type { ComputerState, LateUpload, UpdateOutcome } from '../generated/types'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'

export type Tone = 'good' | 'warn' | 'bad'

const DAY = 86_400_000

/** Whether a computer needs somebody, and what they are to do; nothing where all is well. */
export function computerState(
  computer: ComputerState,
  now: number,
): { tone: Tone; words: string; next: string } {
  const waits = computer.records_waiting + computer.commands_waiting > 0
  const silent = computer.last_seen_at === null || now - Date.parse(computer.last_seen_at) > 7 * DAY
  if (computer.records_parked > 0) {
    return {
      tone: 'bad',
      words: counted(computer.records_parked, 'record was not taken', 'records were not taken'),
      next: 'On that computer, open Settings → Waiting to be sent: each one says why, and can be tried again there.',
    }
  }
  if (!computer.is_online && waits) {
    return {
      tone: 'warn',
      words: waitingText(computer, now),
      next: 'Have it switched on and NjordHR opened: it sends and answers by itself.',
    }
  }
  if (silent) {
    return {
      tone: 'warn',
      words: 'not heard of for more than a week',
      next: 'If it is not used any more, disconnect it in Settings → Computers of the office.',
    }
  }
  if (waits) {
    return {
      tone: 'good',
      words: waitingText(computer, now),
      next: 'It is on and at it. If this does not shrink within minutes, open NjordHR there and look at Settings.',
    }
  }
  return { tone: 'good', words: 'nothing waits', next: '' }
}

function waitingText(computer: ComputerState, now: number): string {
  const parts: string[] = []
  if (computer.records_waiting > 0)
    parts.push(counted(computer.records_waiting, 'record waits', 'records wait'))
  if (computer.commands_waiting > 0) {
    const since = computer.oldest_command_at
      ? `, the oldest asked ${agoText(computer.oldest_command_at, now)}`
      : ''
    parts.push(counted(computer.commands_waiting, 'wish not answered', 'wishes not answered') + since)
  }
  return parts.join(' · ')
}

/** Why a resume is not in the store yet and what helps. */
export function lateState(late: LateUpload): { words: string; next: string } {
  if (late.being_checked)
    return {
      words: 'it arrived, and is being compared',
      next: 'Nothing to do: it is done within minutes, or is asked for again.',
    }
  if (late.reason !== null) {
    const words = reasonWords(late.reason)
    return { words: words.sentence, next: words.nextStep }
  }
  return {
    words: 'it did not arrive',
    next: `If ${late.device_name} is off, have it switched on and NjordHR opened; then ask again.`,
  }
}

/** Why downloads failed and what helps; of a reason that only a newer cloud knows, its code. */
export function failedState(reason: string | null): { words: string; next: string } {
  if (isReason(reason)) {
    const words = reasonWords(reason)
    return { words: words.sentence, next: words.nextStep }
  }
  return {
    words: reason === null ? 'No reason was told.' : `A reason that this page does not know: ${reason}.`,
    next: 'Open the download on its computer, and save the file for support in Settings there.',
  }
}

/** How an update of a computer ended. */
export function updateState(outcome: UpdateOutcome): { tone: Tone; words: string; next: string } {
  if (outcome.result === 'committed')
    return { tone: 'good', words: `runs ${outcome.to_version}, from ${outcome.from_version}`, next: '' }
  const why = isReason(outcome.reason) ? reasonWords(outcome.reason) : null
  const kept = `still runs ${outcome.from_version}: ${outcome.to_version}`
  return {
    tone: outcome.result === 'rolled_back' ? 'warn' : 'bad',
    words: `${kept} ${outcome.result === 'rolled_back' ? 'did not start well and was taken back' : 'was not installed'}`,
    next: why
      ? `${why.sentence} ${why.nextStep}`
      : 'It tries again by itself with the next version; until then everything works as before.',
  }
}
