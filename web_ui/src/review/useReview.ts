/** The resumes that nobody has looked at, and deciding on them. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useApis } from '../api/context'
import { verdictError } from '../api/verdicts'
import type { ReviewItem } from '../generated/types'
import { useKeptOrder } from '../lists/keepOrder'
import { useToasts } from '../undo/ToastShelf'
import { useUndo } from '../undo/useUndo'
import { type Decision, decide, decisionText } from './decide'

const idOf = (item: ReviewItem) => item.resume_id

export function useReview() {
  const { cloud } = useApis()
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set())
  const query = useInfiniteQuery({
    queryKey: ['review', 'list'],
    queryFn: ({ pageParam }) => cloud.review(pageParam, null),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: (asked) => ((asked.state.data?.pages.length ?? 0) > 3 ? 15_000 : 5000),
  })
  const fetched = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data])
  const kept = useKeptOrder('review', fetched, idOf)
  // What the office does not list any more needs not be hidden: an undo brings it back.
  useEffect(() => {
    const listed = new Set(fetched?.map(idOf))
    setDecided((before) =>
      [...before].every((id) => listed.has(id)) ? before : keepOnly(before, (id) => listed.has(id)),
    )
  }, [fetched])
  const run = useDecide(setDecided)
  const rows = useMemo(() => kept.filter(({ id }) => !decided.has(id)), [kept, decided])
  return { query, rows, total: query.data?.pages[0]?.total ?? 0, run }
}

type ChangeDecided = (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void

/** Decide, with the list already showing it; what is refused comes back with its reason. */
function useDecide(setDecided: ChangeDecided) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const toasts = useToasts()
  const offerUndo = useUndo()
  return useCallback(
    async (decision: Decision, items: readonly ReviewItem[], onUndone: () => void) => {
      const chosen = items.map((item) => ({ event_id: crypto.randomUUID(), item }))
      const ids = new Set(items.map(idOf))
      const comeBack = (back: ReadonlySet<string>) =>
        setDecided((before) => keepOnly(before, (id) => !back.has(id)))
      setDecided((before) => new Set([...before, ...ids]))
      const sending = decide(cloud, decision, chosen)
      // Offered at once: who sees that it was the wrong person presses Ctrl+Z and not V.
      const sent = sending.then(({ done }) => done)
      sent.catch(() => undefined) // told below
      const offer = (count: number, events: readonly string[] | Promise<readonly string[]>) =>
        offerUndo(decisionText(decision, count, nameOf(items[0])), events, () => {
          comeBack(ids)
          onUndone()
        })
      const offered = offer(items.length, sent)
      try {
        const result = await sending
        comeBack(new Set(result.refused.map(({ item }) => item.resume_id)))
        for (const { item, verdict } of result.refused) toasts.fail(verdictError(verdict), nameOf(item))
        if (result.refused.length > 0) {
          toasts.close(offered)
          if (result.done.length > 0) offer(result.done.length, result.done)
        }
      } catch (error) {
        comeBack(ids)
        toasts.close(offered)
        toasts.fail(error, `Not ${decision === 'verify' ? 'verified' : 'passed'}: ${namesOf(items)}`)
      }
      for (const key of ['review', 'dashboard', 'candidate'])
        void queries.invalidateQueries({ queryKey: [key] })
    },
    [cloud, queries, toasts, offerUndo, setDecided],
  )
}

function keepOnly(ids: ReadonlySet<string>, keep: (id: string) => boolean): ReadonlySet<string> {
  return new Set([...ids].filter(keep))
}

export function nameOf(item: ReviewItem | undefined): string {
  return item?.name || `No. ${item?.candidate_external_id ?? ''}`
}

function namesOf(items: readonly ReviewItem[]): string {
  return items.length === 1 ? nameOf(items[0]) : `${items.length} people`
}
