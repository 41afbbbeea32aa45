/** The keys of the dashboard. */
import type { RefObject } from 'react'
import type { StatusTarget } from '../candidate/statusChange'
import type { CandidateStatus, DashboardRow } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import { type KeyBinding, useKeys } from '../keys/keys'
import { type Kept, moved } from '../lists/keepOrder'

interface Scope {
  rows: readonly Kept<DashboardRow>[]
  cursor: string | null
  person: string | undefined
  chosen: readonly DashboardRow[]
  noteField: RefObject<HTMLTextAreaElement | null>
  stepTo(id: string | null): void
  open(id: string | null): void
  toggle(id: string): void
  setStatus(targets: readonly StatusTarget[], status: CandidateStatus): Promise<void>
  setSelected(ids: ReadonlySet<string>): void
  exportPeople(): void
  showWaiting(): void
}

export function useDashboardKeys(scope: Scope): void {
  const { rows, cursor, person, chosen } = scope
  const ids = rows.map(({ id }) => id)
  const at = cursor ?? person ?? null
  const here = rows.find(({ id }) => id === at)?.item
  const step = (by: number) => {
    const next = moved(ids, at, by)
    scope.stepTo(next)
    // With the panel open, it follows the cursor.
    if (person !== undefined && next !== null) scope.open(next)
  }
  const note = () => {
    if (at === null) return
    scope.open(at)
    focusWhenThere(scope.noteField)
  }
  const statusKeys: KeyBinding[] = STATUSES.map((status, index) => ({
    key: String(index + 1),
    does: `Set ${status}`,
    run: () => void scope.setStatus(chosen.length > 0 ? chosen : here ? [here] : [], status),
  }))
  useKeys('Dashboard', [
    { key: 'j', does: 'Next', run: () => step(1) },
    { key: 'k', does: 'Previous', run: () => step(-1) },
    { key: 'Enter', does: 'Open the panel', run: () => at !== null && scope.open(at) },
    { key: 'Space', does: 'Select', run: () => at !== null && scope.toggle(at) },
    ...statusKeys,
    { key: 'c', does: 'Write a note', run: note },
    { key: 'n', does: 'Show who was added', run: scope.showWaiting },
    { key: 'e', does: 'Export the selected people, or this list', run: scope.exportPeople },
    {
      key: 'Escape',
      does: 'Close the panel, or clear the selection',
      run: () => (chosen.length > 0 ? scope.setSelected(new Set()) : scope.open(null)),
    },
  ])
}

/** The panel may still be on its way from the office. */
function focusWhenThere(field: RefObject<HTMLElement | null>, triesLeft = 30): void {
  if (field.current !== null) field.current.focus()
  else if (triesLeft > 0) setTimeout(() => focusWhenThere(field, triesLeft - 1), 100)
}
