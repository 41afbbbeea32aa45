/** The list of the dashboard: only the rows in sight are drawn, and they stay where they are. */
import { Button, Checkbox, Loader } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { CandidateStatus, DashboardRow } from '../generated/types'
import type { Kept } from '../lists/keepOrder'
import { useCursorInView } from '../lists/useCursorInView'
import { useFocusOnCursor } from '../lists/useFocusOnCursor'
import { useSteadyScroll } from '../lists/useSteadyScroll'
import styles from './dashboard.module.css'
import { PersonRow } from './PersonRow'

const ROW_PX = 38

interface Props {
  rows: readonly Kept<DashboardRow>[]
  cursor: string | null
  selected: ReadonlySet<string>
  pending: ReadonlyMap<string, CandidateStatus>
  loading: boolean
  failed: boolean
  filtered: boolean
  narrow: boolean
  /** How many others were added or came up, and wait to be shown. */
  waiting: number
  onShowWaiting(): void
  /** How often the cursor was moved with a key. */
  steps: number
  onOpen(id: string): void
  onToggle(id: string): void
  onToggleAll(): void
  onEnd(): void
}

const COLUMNS = ['', 'Name', 'Rank', 'Status', 'Phone', 'Country', 'Next expiry', 'Last touched']

export function PeopleTable(props: Props) {
  const { rows, cursor, onEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 10,
  })
  useSteadyScroll(scroller, ids, ROW_PX, cursor !== null)
  useCursorInView(list, ids, cursor)
  useFocusOnCursor(scroller, cursor, props.steps)
  const items = list.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd()
  }, [last, rows.length, onEnd])

  return (
    <div className={styles.tableArea}>
      <Waiting count={props.waiting} onShow={props.onShowWaiting} />
      <div
        className={styles.table}
        role="table"
        aria-rowcount={rows.length + 1}
        aria-label="Verified people"
        data-narrow={props.narrow}
      >
        <div role="rowgroup">
          <div role="row" className={styles.headRow} aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <span key={column} role="columnheader">
                {column || (
                  <Checkbox
                    size="xs"
                    aria-label="Select everybody who is shown"
                    disabled={rows.length === 0}
                    indeterminate={props.selected.size > 0}
                    checked={false}
                    onChange={props.onToggleAll}
                  />
                )}
              </span>
            ))}
          </div>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop nobody could scroll it with keys */}
        <div ref={scroller} role="rowgroup" tabIndex={0} className={styles.scroller}>
          <div role="presentation" style={{ height: list.getTotalSize() }} className={styles.rows}>
            {items.map((position) => {
              const row = rows[position.index]
              return (
                row && (
                  <PersonRow
                    key={position.key}
                    row={row}
                    index={position.index}
                    top={position.start}
                    height={position.size}
                    current={row.id === cursor}
                    selected={props.selected.has(row.id)}
                    pending={props.pending.get(row.id)}
                    onOpen={props.onOpen}
                    onToggle={props.onToggle}
                  />
                )
              )
            })}
          </div>
          {rows.length === 0 && <Nobody {...props} />}
        </div>
      </div>
    </div>
  )
}

/** Over the heads of the columns, so that no row moves and none is covered. */
function Waiting({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <div role="status" className={styles.waiting}>
      {count > 0 && (
        <Button size="compact-xs" onClick={onShow} title="Show who was added (N)">
          {count === 1 ? '1 other was added' : `${count} others were added`} – show
        </Button>
      )}
    </div>
  )
}

function Nobody({ loading, failed, filtered }: Props) {
  return (
    <div role="row">
      <div role="cell" aria-colspan={COLUMNS.length} className={styles.empty}>
        {loading ? <Loader size="sm" aria-label="The list is being read" /> : nobodyWords(failed, filtered)}
      </div>
    </div>
  )
}

function nobodyWords(failed: boolean, filtered: boolean): string {
  if (failed) return 'The list could not be read yet. It is asked for again by itself.'
  if (filtered) return 'Nobody fits these filters. Take one away to see more.'
  return 'Nobody is on the dashboard yet. Verify resumes under Review, and they appear here for the whole office.'
}
