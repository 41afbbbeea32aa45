/** One person in one row of the dashboard. */
import { Checkbox } from '@mantine/core'
import { type MouseEvent, memo } from 'react'
import { CallBackMark } from '../candidate/CallBack'
import { StatusWord } from '../candidate/StatusWord'
import type { CandidateStatus, DashboardRow } from '../generated/types'
import { ARCHIVE_STATUSES } from '../generated/vocabulary'
import type { Kept } from '../lists/keepOrder'
import { ExpiryText } from '../resume/ExpiryText'
import { agoText } from '../words/dates'
import styles from './dashboard.module.css'

interface Props {
  row: Kept<DashboardRow>
  index: number
  top: number
  height: number
  current: boolean
  selected: boolean
  pending: CandidateStatus | undefined
  onOpen(id: string): void
  onToggle(id: string): void
}

/** A click anywhere in the row counts, but not on its own controls, nor the end of marking a number to copy. */
export function opensRow({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  const selection = window.getSelection()
  if (selection?.type === 'Range' && currentTarget.contains(selection.anchorNode)) return false
  return !(target instanceof Element && target.closest('button, input, label') !== null)
}

export const PersonRow = memo(function PersonRow(props: Props) {
  const { row, index, top, height, current, selected, pending, onOpen, onToggle } = props
  const { item } = row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter opens the row under the cursor, and the name is a button
    <div
      role="row"
      tabIndex={-1}
      data-row={row.id}
      onClick={(event) => opensRow(event) && onOpen(row.id)}
      aria-rowindex={index + 2}
      aria-current={current ? 'true' : undefined}
      className={styles.row}
      data-gone={row.gone}
      data-selected={selected}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="cell">
        <Checkbox
          size="xs"
          aria-label={`Select ${item.name}`}
          checked={selected}
          onChange={() => onToggle(row.id)}
        />
      </span>
      <span role="cell" className={styles.nameCell}>
        <button type="button" className={styles.name} onClick={() => onOpen(row.id)}>
          {item.name || `No. ${item.candidate_external_id}`}
        </button>
        {item.call_back_on && (
          <CallBackMark day={item.call_back_on} isMine={item.call_back_is_mine} now={Date.now()} />
        )}
        {row.gone && (
          <span className={styles.goneMark}>
            {ARCHIVE_STATUSES.includes(item.status) ? 'in the Archive now' : 'not in this list any more'}
          </span>
        )}
      </span>
      <span
        role="cell"
        className={styles.twoLines}
        title={`${item.present_rank}, applied for ${item.rank_applied_for}`}
      >
        <span>{item.present_rank || item.rank_applied_for}</span>
        {item.present_rank !== '' && item.present_rank !== item.rank_applied_for && (
          <span className={styles.soft}>for {item.rank_applied_for}</span>
        )}
      </span>
      <span role="cell">
        <StatusWord status={pending ?? item.status} />
      </span>
      <span role="cell" className={styles.cut}>
        {item.mobile_no}
      </span>
      <span role="cell" className={styles.cut}>
        {item.country}
      </span>
      <span role="cell" className={styles.cut}>
        <ExpiryText date={item.next_expiry} />
      </span>
      <span role="cell" className={styles.twoLines}>
        <span>{item.touched_by}</span>
        <span className={styles.soft}>{agoText(item.touched_at, Date.now())}</span>
      </span>
    </div>
  )
})
