import { expect, test } from 'vitest'
import type { CloudApi } from '../api/cloudApi'
import type { ReviewItem, ReviewRequest } from '../generated/types'
import { decide } from './decide'
import { nextAfter } from './ReviewScreen'

const item = (resume_id: string) => ({ resume_id, name: resume_id }) as ReviewItem

test('after a decision the cursor goes to the next that stays', () => {
  expect(nextAfter(['a', 'b', 'c'], 'b', new Set(['b']))).toBe('c')
  expect(nextAfter(['a', 'b', 'c'], 'c', new Set(['c']))).toBe('b')
  expect(nextAfter(['a', 'b', 'c'], 'a', new Set(['a', 'b', 'c']))).toBeNull()
})

test('many decisions go in batches, and each refusal is told with its person', async () => {
  const sent: number[] = []
  const verify = async (request: ReviewRequest) => {
    sent.push(request.items.length)
    const verdicts = request.items.map(({ event_id }) => ({
      event_id,
      verdict: event_id === 'e7' ? ('rejected' as const) : ('accepted' as const),
      reason: event_id === 'e7' ? ('review.not-to-review' as const) : null,
      detail: '',
      upload_wanted: false,
    }))
    return { verdicts }
  }
  const all = Array.from({ length: 250 }, (_, n) => ({ event_id: `e${n}`, item: item(`r${n}`) }))
  const result = await decide({ verify } as unknown as CloudApi, 'verify', all)
  expect(sent).toEqual([200, 50])
  expect(result.done).toHaveLength(249)
  expect(result.refused.map((refusal) => refusal.item.resume_id)).toEqual(['r7'])
})
