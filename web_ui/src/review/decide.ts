/** Verify or pass resumes: in one go, each with its own event, so that sending twice counts once. */
import type { CloudApi } from '../api/cloudApi'
import { MAX_AT_ONCE } from '../api/limits'
import { refused } from '../api/verdicts'
import type { ReviewItem, Verdict } from '../generated/types'

export type Decision = 'verify' | 'pass'

export interface DecisionResult {
  /** Events that the office took; they can be undone. */
  done: string[]
  refused: { item: ReviewItem; verdict: Verdict }[]
}

/** A resume with the id of the event that deciding on it makes. */
export interface Decided {
  event_id: string
  item: ReviewItem
}

export async function decide(
  cloud: CloudApi,
  decision: Decision,
  decided: readonly Decided[],
): Promise<DecisionResult> {
  const result: DecisionResult = { done: [], refused: [] }
  for (let start = 0; start < decided.length; start += MAX_AT_ONCE) {
    const part = decided.slice(start, start + MAX_AT_ONCE)
    const items = part.map(({ event_id, item }) => ({ event_id, resume_id: item.resume_id }))
    const answer = await (decision === 'verify' ? cloud.verify({ items }) : cloud.pass({ items }))
    const bad = new Map(refused(answer).map((verdict) => [verdict.event_id, verdict]))
    for (const { event_id, item } of part) {
      const verdict = bad.get(event_id)
      if (verdict === undefined) result.done.push(event_id)
      else result.refused.push({ item, verdict })
    }
  }
  return result
}

export function decisionText(decision: Decision, count: number, name: string): string {
  const whom = count === 1 ? name : `${count} people`
  return decision === 'verify' ? `Verified ${whom}` : `Passed ${whom}`
}
