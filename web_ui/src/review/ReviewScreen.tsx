/** Review: what was downloaded and nobody has looked at. J/K, V verify, X pass. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useApis } from '../api/context'
import type { ReviewItem } from '../generated/types'
import { useKeys } from '../keys/keys'
import { moved } from '../lists/keepOrder'
import { ProblemNote } from '../problem/ProblemNote'
import { FactsView } from '../resume/FactsView'
import { ResumePages } from '../resume/ResumePages'
import { ScrollRegion } from '../shell/ScrollRegion'
import { clockText } from '../words/dates'
import type { Decision } from './decide'
import { ReviewActions } from './ReviewActions'
import { ReviewList } from './ReviewList'
import styles from './review.module.css'
import { useReview } from './useReview'

export function ReviewScreen() {
  const { query, rows, total, run } = useReview()
  const [cursor, setCursor] = useState<string | null>(null)
  const [steps, setSteps] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = rows.filter(({ gone, id }) => !gone || id === cursor)
  const ids = shown.map(({ id }) => id)
  const at = cursor !== null && ids.includes(cursor) ? cursor : (ids[0] ?? null)
  const current = shown.find(({ id }) => id === at)?.item ?? null
  const chosen = shown.filter(({ id, gone }) => selected.has(id) && !gone).map(({ item }) => item)

  const decideOn = (decision: Decision, items: readonly ReviewItem[]) => {
    if (items.length === 0) return
    const leaving = new Set(items.map((item) => item.resume_id))
    setCursor(nextAfter(ids, at, leaving))
    setSelected(new Set([...selected].filter((id) => !leaving.has(id))))
    void run(decision, items, () => {
      // Back to whom it is about.
      setCursor(items[0]?.resume_id ?? null)
      setSteps((before) => before + 1)
    })
  }
  const decideHere = (decision: Decision) =>
    decideOn(decision, chosen.length > 0 ? chosen : current ? [current] : [])
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const step = (by: number) => {
    setCursor(moved(ids, at, by))
    setSteps(steps + 1)
  }
  useKeys('Review', [
    { key: 'j', does: 'Next', run: () => step(1) },
    { key: 'k', does: 'Previous', run: () => step(-1) },
    { key: 'v', does: 'Verify and go on', run: () => decideHere('verify') },
    { key: 'x', does: 'Pass and go on', run: () => decideHere('pass') },
    { key: 'Space', does: 'Select', run: () => at !== null && toggle(at) },
    { key: 'Escape', does: 'Clear the selection', run: () => setSelected(new Set()) },
  ])
  return (
    <div className={styles.screen}>
      <div className={styles.left}>
        <header className={styles.head}>
          <h1 className={styles.title}>
            Review <span className={styles.soft}>{total} to look at</span>
          </h1>
          <ReviewActions
            selected={chosen.length}
            all={shown.length}
            onDecide={decideHere}
            onVerifyAll={() =>
              decideOn(
                'verify',
                shown.filter(({ gone }) => !gone).map(({ item }) => item),
              )
            }
            disabled={current === null}
          />
        </header>
        {query.error && (
          <ProblemNote
            error={query.error}
            background
            onRetry={() => void query.refetch()}
            note={query.data ? `The list is as it was at ${clockText(query.dataUpdatedAt)}.` : undefined}
          />
        )}
        <ReviewList
          rows={shown}
          cursor={at}
          selected={selected}
          steps={steps}
          loading={query.isPending && !query.error}
          onCursor={setCursor}
          onToggle={toggle}
          onEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
          }}
        />
      </div>
      {current && <ReviewedResume key={current.resume_id} item={current} />}
    </div>
  )
}

/** The nearest row below that stays, else the nearest above. */
export function nextAfter(
  ids: readonly string[],
  at: string | null,
  leaving: ReadonlySet<string>,
): string | null {
  const index = at === null ? 0 : Math.max(0, ids.indexOf(at))
  const stays = (id: string) => !leaving.has(id)
  return ids.slice(index).find(stays) ?? ids.slice(0, index).findLast(stays) ?? null
}

function ReviewedResume({ item }: { item: ReviewItem }) {
  const { cloud } = useApis()
  const [settled, setSettled] = useState(false)
  const [wanted, setWanted] = useState<string | null>(null)
  const seen = useCallback(() => setWanted(null), [])
  // Somebody who walks through the list with J does not open every resume on the way: opening is in the audit log.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 250)
    return () => clearTimeout(timer)
  }, [])
  const panel = useQuery({
    queryKey: ['candidate', item.candidate_id],
    queryFn: () => cloud.candidate(item.candidate_id),
    enabled: settled,
  })
  const facts = panel.data?.resumes.find(({ resume_id }) => resume_id === item.resume_id)?.facts ?? null
  return (
    <div className={styles.right}>
      <div className={styles.pages}>
        {settled && <ResumePages resume={item} facts={facts} wanted={wanted} onShown={seen} />}
      </div>
      <ScrollRegion label="Facts read from the resume" className={styles.facts}>
        <h2 className={styles.factsName}>{item.name || `No. ${item.candidate_external_id}`}</h2>
        {panel.error && <ProblemNote error={panel.error} background />}
        {facts && <FactsView facts={facts} onShow={setWanted} />}
      </ScrollRegion>
    </div>
  )
}
