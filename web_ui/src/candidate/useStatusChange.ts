/** Set a status on one person or many: shown at once, taken back when it is refused, offered for undo. */
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useApis } from '../api/context'
import type { CandidatePanel, CandidateStatus, DashboardData, DashboardRow } from '../generated/types'
import { useToasts } from '../undo/ToastShelf'
import { useUndo } from '../undo/useUndo'
import { conflictOf, conflictText, type StatusTarget } from './statusChange'

export interface Refusal {
  target: StatusTarget
  error: unknown
}

export interface BulkProgress {
  done: number
  of: number
}

export function useStatusChange() {
  const { cloud, writes } = useApis()
  const queries = useQueryClient()
  const toasts = useToasts()
  const offerUndo = useUndo()
  const [pending, setPending] = useState<ReadonlyMap<string, CandidateStatus>>(new Map())
  const [progress, setProgress] = useState<BulkProgress | null>(null)

  const patch = useCallback(
    async (row: DashboardRow) => {
      // An older look at the person must not come in after this answer.
      await Promise.all(
        [['dashboard'], ['candidate', row.candidate_id]].map((queryKey) =>
          queries.cancelQueries({ queryKey }),
        ),
      )
      queries.setQueryData<CandidatePanel>(
        ['candidate', row.candidate_id],
        (panel) => panel && withAnswer(panel, row),
      )
      queries.setQueriesData<InfiniteData<DashboardData>>(
        { queryKey: ['dashboard'] },
        (data) => data && withRow(data, row),
      )
      void queries.invalidateQueries({ queryKey: ['candidate', row.candidate_id] })
      void queries.invalidateQueries({ queryKey: ['history', row.candidate_id] })
    },
    [queries],
  )

  const set = useCallback(
    async (
      targets: readonly StatusTarget[],
      status: CandidateStatus,
      overrideReason = '',
    ): Promise<Refusal[]> => {
      setPending(
        (before) =>
          new Map([...before, ...targets.map(({ candidate_id }) => [candidate_id, status] as const)]),
      )
      const done: string[] = []
      const refusals: Refusal[] = []
      for (const [index, target] of targets.entries()) {
        if (targets.length > 1) setProgress({ done: index, of: targets.length })
        const event_id = crypto.randomUUID()
        const { candidate_id, version } = target
        try {
          const change = { event_id, candidate_id, status, override_reason: overrideReason }
          const row = await writes.run(candidate_id, version, (newest) =>
            cloud.setStatus({ ...change, version: newest }),
          )
          done.push(event_id)
          await patch(row)
        } catch (error) {
          refusals.push({ target, error })
        }
        setPending((before) => withoutDone(before, candidate_id, status))
      }
      setProgress(null)
      if (done.length > 0) offerUndo(`${whom(targets, done.length)}: ${status}`, done)
      const [only] = refusals
      if (targets.length === 1 && only) toasts.fail(only.error, refusalText(only))
      void queries.invalidateQueries({ queryKey: ['dashboard'] })
      return refusals
    },
    [cloud, writes, queries, toasts, offerUndo, patch],
  )
  const answered = useCallback(
    async (row: DashboardRow) => {
      await patch(row)
      void queries.invalidateQueries({ queryKey: ['dashboard'] })
    },
    [patch, queries],
  )
  return { set, pending, progress, answered }
}

export type StatusChange = ReturnType<typeof useStatusChange>

function whom(targets: readonly StatusTarget[], count: number): string {
  return targets.length === 1 ? (targets[0]?.name ?? '') : `${count} people`
}

export function refusalText({ target, error }: Refusal): string {
  const conflict = conflictOf(error)
  return conflict ? `${target.name}: ${conflictText(conflict)}` : target.name
}

/** A status that was set again before the first was answered stays shown. */
export function withoutDone(
  pending: ReadonlyMap<string, CandidateStatus>,
  candidateId: string,
  status: CandidateStatus,
): ReadonlyMap<string, CandidateStatus> {
  return new Map([...pending].filter(([id, wanted]) => id !== candidateId || wanted !== status))
}

/** The panel with what the office answered to a change, until it is read again. */
export function withAnswer(panel: CandidatePanel, row: DashboardRow): CandidatePanel {
  const { version, status, notes, allowed_statuses, call_back_on } = row
  return version < panel.version
    ? panel
    : { ...panel, version, status, notes, allowed_statuses, call_back_on }
}

/** The pages with this row's new state in its old place. */
export function withRow(data: InfiniteData<DashboardData>, row: DashboardRow): InfiniteData<DashboardData> {
  const pages = data.pages.map((page) => ({
    ...page,
    rows: page.rows.map((old) => (old.candidate_id === row.candidate_id ? row : old)),
  }))
  return { ...data, pages }
}
