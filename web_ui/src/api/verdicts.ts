/** Verdicts of the cloud on what was sent: one an event. */
import type { IngestResult, Verdict } from '../generated/types'
import { ApiError } from './problem'

export function refused(result: IngestResult): Verdict[] {
  return result.verdicts.filter((verdict) => verdict.verdict === 'rejected')
}

export function verdictError(verdict: Verdict): ApiError {
  return new ApiError(verdict.reason ?? 'cloud.unexpected-answer', undefined, 0, verdict.detail)
}
