/** Stored, Skipped, Failed: how many, and on a click only those. */
import { UnstyledButton } from '@mantine/core'
import type { JobCounts, Outcome } from '../generated/types'
import { DoneIcon, FailIcon, SkipIcon } from '../shell/icons'
import styles from './download.module.css'

const TILES = [
  { outcome: 'stored', word: 'Stored', Icon: DoneIcon },
  { outcome: 'skipped', word: 'Skipped', Icon: SkipIcon },
  { outcome: 'failed', word: 'Failed', Icon: FailIcon },
] as const

interface Props {
  counts: JobCounts
  filter: Outcome | null
  onFilter(outcome: Outcome | null): void
}

export function OutcomeTiles({ counts, filter, onFilter }: Props) {
  return (
    <fieldset className={styles.tiles}>
      <legend className="visually-hidden">Show only</legend>
      {TILES.map(({ outcome, word, Icon }) => (
        <UnstyledButton
          key={outcome}
          className={styles.tile}
          data-outcome={outcome}
          data-any={counts[outcome] > 0}
          aria-pressed={filter === outcome}
          onClick={() => onFilter(filter === outcome ? null : outcome)}
        >
          <Icon size={18} />
          <span className={styles.tileCount}>{counts[outcome]}</span>
          <span className={styles.tileWord}>{word}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
