/** Errors of both APIs, each with a reason that has words for people. */
import { REASONS, type ReasonWords } from '../generated/reasons'
import type { Problem, Reason } from '../generated/types'

/** Something that was asked for did not happen; `words` say why and what to do. */
export class ApiError extends Error {
  constructor(
    readonly reason: Reason,
    readonly words: Pick<ReasonWords, 'sentence' | 'nextStep'> = REASONS[reason],
    readonly status = 0,
    readonly detail = '',
    readonly facts: Record<string, unknown> = {},
    /** The number of the request in the server's log; support finds what happened by it. */
    readonly trace = '',
  ) {
    super(words.sentence)
    this.name = 'ApiError'
  }
}

export function isReason(value: unknown): value is Reason {
  return typeof value === 'string' && Object.hasOwn(REASONS, value)
}

/** The words of a reason; of one that a newer server knows and this page does not, words that hold anyway. */
export function reasonWords(reason: Reason): Pick<ReasonWords, 'sentence' | 'nextStep'> {
  return REASONS[reason] ?? REASONS['cloud.unexpected-answer']
}

/** Make the error of a refusal. An answer that is not problem+json becomes `unexpected`. */
export async function errorOf(answer: Response, unexpected: Reason): Promise<ApiError> {
  const body = await readProblem(answer)
  const trace = answer.headers.get('x-trace-id') ?? ''
  if (body === null) {
    return new ApiError(unexpected, REASONS[unexpected], answer.status, `HTTP ${answer.status}`, {}, trace)
  }
  const reason = body.reason as Reason
  const words = isReason(reason) ? REASONS[reason] : { sentence: body.title, nextStep: body.next_step }
  return new ApiError(reason, words, answer.status, body.detail ?? '', body.facts ?? {}, trace)
}

async function readProblem(answer: Response): Promise<Problem | null> {
  const type = answer.headers.get('content-type') ?? ''
  if (!type.includes('json')) return null
  try {
    const body: unknown = await answer.json()
    return isProblem(body) ? body : null
  } catch {
    // Half an answer is no problem document; the caller names it as unexpected.
    return null
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const candidate = body as Partial<Problem>
  return typeof candidate.reason === 'string' && typeof candidate.title === 'string'
}

/** What is read out to support: the reason, what it is about, and the request's number. */
export function supportCode(error: ApiError): string {
  return [error.reason, error.detail, error.trace].filter((part) => part !== '').join(' · ')
}

/** Whatever was thrown, as an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError('page.fault', REASONS['page.fault'], 0, String(error))
}
