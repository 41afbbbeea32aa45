/** The list under Review: two lines a person. */
import { Checkbox, Loader } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { ReviewItem } from '../generated/types'
import type { Kept } from '../lists/keepOrder'
import { useCursorInView } from '../lists/useCursorInView'
import { useFocusOnCursor } from '../lists/useFocusOnCursor'
import { useSteadyScroll } from '../lists/useSteadyScroll'
import { ScrollRegion } from '../shell/ScrollRegion'
import styles from './review.module.css'
import { nameOf } from './useReview'

const ROW_PX = 58

interface Props {
  rows: readonly Kept<ReviewItem>[]
  cursor: string | null
  selected: ReadonlySet<string>
  loading: boolean
  onCursor(id: string): void
  onToggle(id: string): void
  /** How often the cursor was moved with a key. */
  steps: number
  onEnd(): void
}

export function ReviewList({ rows, cursor, selected, loading, steps, onCursor, onToggle, onEnd }: Props) {
  const scroller = useRef<HTMLElement>(null)
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 6,
  })
  useSteadyScroll(scroller, ids, ROW_PX, cursor !== null)
  useCursorInView(list, ids, cursor)
  useFocusOnCursor(scroller, cursor, steps)
  const items = list.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd()
  }, [last, rows.length, onEnd])

  return (
    <ScrollRegion ref={scroller} label="Resumes to review" className={styles.list}>
      {loading && (
        <p className={styles.empty}>
          <Loader size="sm" />
        </p>
      )}
      {!loading && rows.length === 0 && (
        <p className={styles.empty}>
          Nothing to review. What anybody in the office downloads appears here until somebody has looked at
          it.
        </p>
      )}
      <ul style={{ height: list.getTotalSize() }} className={styles.rows}>
        {items.map((position) => {
          const row = rows[position.index]
          return (
            row && (
              <li
                key={position.key}
                className={styles.row}
                tabIndex={-1}
                data-row={row.id}
                aria-current={row.id === cursor}
                aria-setsize={rows.length}
                aria-posinset={position.index + 1}
                style={{ transform: `translateY(${position.start}px)`, height: position.size }}
              >
                <Checkbox
                  size="xs"
                  aria-label={`Select ${nameOf(row.item)}`}
                  checked={selected.has(row.id)}
                  onChange={() => onToggle(row.id)}
                />
                <button type="button" className={styles.open} onClick={() => onCursor(row.id)}>
                  <RowWords item={row.item} gone={row.gone} />
                </button>
              </li>
            )
          )
        })}
      </ul>
    </ScrollRegion>
  )
}

function RowWords({ item, gone }: { item: ReviewItem; gone: boolean }) {
  return (
    <>
      <span className={styles.lineOne}>
        <strong className={styles.name}>{nameOf(item)}</strong>
        <span className={styles.rank}>{item.present_rank}</span>
        {item.already_known && <span className={styles.known}>Known here</span>}
        {gone && <span className={styles.known}>Somebody decided</span>}
      </span>
      <span className={styles.lineTwo}>
        {[item.availability && `Available: ${item.availability}`, item.strongest_fact, item.country]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}
