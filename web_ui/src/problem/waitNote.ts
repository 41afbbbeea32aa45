/** How long to wait, when a refusal says so. */
import { asApiError } from '../api/problem'
import { durationText } from '../words/numbers'

export function waitNote(error: unknown): string | undefined {
  const seconds = asApiError(error).facts.retry_after_seconds
  return typeof seconds === 'number' ? `The next try is possible in ${durationText(seconds)}.` : undefined
}

/** Whether the same thing may work in a moment, without anybody doing something. */
export function mayWorkLater(error: unknown): boolean {
  const { status } = asApiError(error)
  return status === 0 || status === 429 || status >= 500
}
