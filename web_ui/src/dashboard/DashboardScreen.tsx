/** The dashboard: ranks, the list that the whole office shares, and one person's panel beside it. */
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { CandidatePanel } from '../candidate/CandidatePanel'
import { OverrideDialog } from '../candidate/OverrideDialog'
import { afterPending, type StatusTarget, whyNot } from '../candidate/statusChange'
import { useStatusChange } from '../candidate/useStatusChange'
import { useExports } from '../exports/ExportsProvider'
import type { CandidateFilterInput, CandidateStatus, DashboardRow } from '../generated/types'
import type { Kept } from '../lists/keepOrder'
import { ProblemNote } from '../problem/ProblemNote'
import type { DashboardSearch } from '../shell/router'
import { useMe } from '../shell/session'
import { useToasts } from '../undo/ToastShelf'
import { clockText } from '../words/dates'
import { BulkBar } from './BulkBar'
import styles from './dashboard.module.css'
import { FilterLine } from './FilterLine'
import { PeopleTable } from './PeopleTable'
import { RankRail } from './RankRail'
import { type Refused, RefusedDialog } from './RefusedDialog'
import { useDashboard } from './useDashboard'
import { useDashboardKeys } from './useDashboardKeys'
import { filtersOf } from './views'

export function DashboardScreen({ search }: { search: DashboardSearch }) {
  const navigate = useNavigate()
  const toasts = useToasts()
  const me = useMe()
  const { person } = search
  const filters = filtersOf(search)
  const exports = useExports()
  const { query, rows, first, waiting, turn, showAdded } = useDashboard(filters)
  const changes = useStatusChange()
  const noteField = useRef<HTMLTextAreaElement>(null)
  const [cursor, setCursor] = useState<string | null>(person ?? null)
  const [steps, setSteps] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Refused | null>(null)
  const [overriding, setOverriding] = useState<{ target: StatusTarget; status: CandidateStatus } | null>(null)
  const chosen = useMemo(
    () => rows.filter(({ id }) => selected.has(id)).map(({ item }) => item),
    [rows, selected],
  )
  const mayOverride = me?.actions.includes('candidates.override-status') ?? false

  const go = (change: Partial<DashboardSearch>) =>
    void navigate({ to: '/dashboard', search: { ...search, ...change }, replace: 'person' in change })
  const open = (id: string | null) => go({ person: id ?? undefined })
  const setStatus = async (onScreen: readonly StatusTarget[], status: CandidateStatus) => {
    const targets = onScreen.map((target) => afterPending(target, changes.pending.get(target.candidate_id)))
    const [only] = targets
    const may = targets.filter((target) => whyNot(target, status) === null)
    if (targets.length === 1 && only && may.length === 0) {
      if (mayOverride && only.status !== status) setOverriding({ target: only, status })
      else toasts.say(`${only.name}: ${whyNot(only, status)}`)
      return
    }
    const refusals = await changes.set(may, status)
    const notAllowed = targets.filter((target) => !may.includes(target))
    if (targets.length > 1 && refusals.length + notAllowed.length > 0)
      setRefused({ status, refusals, notAllowed })
    if (targets.length > 1) setSelected(new Set())
  }
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const showWaiting = () => {
    if (waiting === 0) return
    setCursor(null)
    void showAdded()
  }
  // Rows that left a list stay where they were; of somebody who is erased nothing may.
  const leaveErased = () => {
    setCursor(null)
    open(null)
    void showAdded()
  }
  const exportShown = () => exports.start({ filter: filters as CandidateFilterInput })
  const exportChosen = () => exports.start({ candidate_ids: chosen.map(({ candidate_id }) => candidate_id) })
  useDashboardKeys({
    showWaiting,
    exportPeople: chosen.length > 0 ? exportChosen : exportShown,
    rows,
    cursor,
    person,
    chosen,
    noteField,
    stepTo: (id) => {
      setCursor(id)
      setSteps(steps + 1)
    },
    open,
    toggle,
    setStatus,
    setSelected,
  })

  return (
    <div className={styles.screen} data-panel={person !== undefined}>
      <RankRail first={first} search={search} onGo={go} />
      <section className={styles.middle} aria-label="People">
        {/* What is done with the selected people takes the filters' place, so that no row moves. */}
        <div className={styles.top}>
          <div inert={chosen.length > 0}>
            <FilterLine search={search} total={first?.total ?? null} onGo={go} onExport={exportShown} />
          </div>
          {chosen.length > 0 && (
            <BulkBar
              count={chosen.length}
              progress={changes.progress}
              onSet={(status) => void setStatus(chosen, status)}
              onExport={exportChosen}
              onClear={() => setSelected(new Set())}
            />
          )}
        </div>
        {query.error && (
          <ProblemNote
            error={query.error}
            background
            onRetry={() => void query.refetch()}
            note={query.data ? `The list is as it was at ${clockText(query.dataUpdatedAt)}.` : undefined}
          />
        )}
        <PeopleTable
          key={turn}
          rows={rows}
          cursor={cursor}
          selected={selected}
          pending={changes.pending}
          loading={query.isPending && !query.error}
          failed={query.error !== null && !query.data}
          filtered={Object.keys(filters).length > 0}
          narrow={person !== undefined}
          steps={steps}
          waiting={waiting}
          onShowWaiting={showWaiting}
          onOpen={(id) => {
            setCursor(id)
            open(id)
          }}
          onToggle={toggle}
          onToggleAll={() => setSelected(chosen.length > 0 ? new Set() : new Set(allIds(rows)))}
          onEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
          }}
        />
      </section>
      {person !== undefined && (
        <CandidatePanel
          key={person}
          candidateId={person}
          changes={changes}
          noteField={noteField}
          onClose={() => open(null)}
          onErased={leaveErased}
        />
      )}
      <RefusedDialog refused={refused} onClose={() => setRefused(null)} />
      {overriding && (
        <OverrideDialog
          target={overriding.target}
          status={overriding.status}
          onClose={() => setOverriding(null)}
          onSet={(reason) => {
            void changes.set([overriding.target], overriding.status, reason)
            setOverriding(null)
          }}
        />
      )}
    </div>
  )
}

function allIds(rows: readonly Kept<DashboardRow>[]): string[] {
  return rows.filter(({ gone }) => !gone).map(({ id }) => id)
}
