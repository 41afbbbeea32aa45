/** Every person of a download with what became of them; failures stand on top with the next step. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { reasonWords } from '../api/problem'
import type { JobSnapshot, ListingState, ListingView } from '../generated/types'
import { useKeys } from '../keys/keys'
import { moved } from '../lists/keepOrder'
import { useCursorInView } from '../lists/useCursorInView'
import { useFocusOnCursor } from '../lists/useFocusOnCursor'
import { DoneIcon, FailIcon, FetchIcon, SkipIcon, WaitIcon } from '../shell/icons'
import { ScrollRegion } from '../shell/ScrollRegion'
import { clockText } from '../words/dates'
import styles from './download.module.css'
import { useOpenPerson } from './useOpenPerson'

const STATES = {
  stored: { word: 'Stored', Icon: DoneIcon },
  skipped: { word: 'Skipped', Icon: SkipIcon },
  failed: { word: 'Failed', Icon: FailIcon },
  fetching: { word: 'Fetching', Icon: FetchIcon },
  waiting: { word: 'Waiting', Icon: WaitIcon },
} satisfies Record<ListingState, object>

const ROW_PX = 38
const FAILED_ROW_PX = 58

interface Props {
  people: readonly ListingView[]
  filtered: boolean
  status: JobSnapshot['status']
  /** Absent where nobody can be fetched again. */
  onRetry?: (seqs: number[]) => void
}

export function PeopleList({ people, filtered, status, onRetry }: Props) {
  const scroller = useRef<HTMLElement>(null)
  const open = useOpenPerson()
  const [cursor, setCursor] = useState<string | null>(null)
  const [steps, setSteps] = useState(0)
  const ids = useMemo(() => people.map(({ seq }) => String(seq)), [people])
  const here = people.find(({ seq }) => String(seq) === cursor)
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (people[index]?.state === 'failed' ? FAILED_ROW_PX : ROW_PX),
    getItemKey: (index) => `${people[index]?.seq} ${people[index]?.state === 'failed'}`,
    overscan: 8,
  })
  useCursorInView(rows, ids, cursor)
  useFocusOnCursor(scroller, cursor, steps)
  const step = (by: number) => {
    setCursor(moved(ids, cursor, by))
    setSteps(steps + 1)
  }
  useKeys('Download', [
    { key: 'j', does: 'Next person', run: () => step(1) },
    { key: 'k', does: 'Previous person', run: () => step(-1) },
    { key: 'Enter', does: 'Open the person', run: () => here && open(here.candidate_external_id) },
    {
      key: 'r',
      does: 'Fetch a person who failed again',
      run: () => here?.state === 'failed' && onRetry?.([here.seq]),
    },
  ])
  if (people.length === 0) {
    return <p className={styles.empty}>{emptyWords(filtered, status)}</p>
  }
  return (
    <ScrollRegion ref={scroller} className={styles.people} label="People of this download">
      <ul style={{ height: rows.getTotalSize() }} className={styles.peopleList}>
        {rows.getVirtualItems().map((item) => {
          const person = people[item.index]
          return (
            person && (
              <li
                key={item.key}
                className={styles.person}
                data-state={person.state}
                data-row={person.seq}
                tabIndex={-1}
                aria-current={String(person.seq) === cursor ? 'true' : undefined}
                aria-setsize={people.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                <PersonRow
                  person={person}
                  onOpen={open}
                  onRetry={
                    onRetry && isOver(status) && person.state === 'failed'
                      ? () => onRetry([person.seq])
                      : undefined
                  }
                />
              </li>
            )
          )
        })}
      </ul>
    </ScrollRegion>
  )
}

function isOver(status: JobSnapshot['status']): boolean {
  return status === 'success' || status === 'failed' || status === 'cancelled'
}

interface RowProps {
  person: ListingView
  onOpen(candidateExternalId: string): void
  onRetry?: () => void
}

function PersonRow({ person, onOpen, onRetry }: RowProps) {
  const { word, Icon } = STATES[person.state]
  const words = person.reason && reasonWords(person.reason)
  return (
    <>
      <span className={styles.personState}>
        <Icon size={15} /> {word}
      </span>
      <span className={styles.personName}>
        <button
          type="button"
          className={styles.openPerson}
          onClick={() => onOpen(person.candidate_external_id)}
        >
          {person.name || `No. ${person.candidate_external_id}`}
        </button>
        {person.present_rank && <span className={styles.soft}> {person.present_rank}</span>}
      </span>
      <span
        className={styles.personWhy}
        title={words ? `${words.sentence} ${words.nextStep}` : person.filename}
      >
        {words ? words.sentence : <span className={styles.soft}>{person.filename}</span>}
        {words && person.state === 'failed' && <span className={styles.nextStep}>{words.nextStep}</span>}
      </span>
      <span className={styles.personTime}>
        {onRetry ? (
          <button type="button" className={styles.retryOne} onClick={onRetry}>
            Retry<span className="visually-hidden"> {person.name || person.candidate_external_id}</span>
          </button>
        ) : (
          person.at && clockText(person.at)
        )}
      </span>
    </>
  )
}

const EMPTY_WORDS: Record<JobSnapshot['status'], string> = {
  queued: 'It has not begun. The people are listed here when it does.',
  running: 'The portal’s lists are being read…',
  success: 'The portal listed nobody.',
  failed: 'It stopped before the portal’s lists were read.',
  cancelled: 'It was cancelled before the portal’s lists were read.',
}

function emptyWords(filtered: boolean, status: JobSnapshot['status']): string {
  return filtered ? 'Nobody in this group. Click the tile again to see everybody.' : EMPTY_WORDS[status]
}
