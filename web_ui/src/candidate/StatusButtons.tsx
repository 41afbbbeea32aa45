/** The five statuses as buttons; one that is not allowed says why. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import type { CandidateStatus } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import styles from './candidate.module.css'
import { SHORT_STATUS } from './StatusWord'
import { type StatusTarget, whyNot } from './statusChange'

interface Props {
  target: StatusTarget
  shown: CandidateStatus
  mayOverride: boolean
  onSet(status: CandidateStatus): void
}

export function StatusButtons({ target, shown, mayOverride, onSet }: Props) {
  return (
    <fieldset className={styles.statuses}>
      <legend className="visually-hidden">Status</legend>
      {STATUSES.map((status, index) => {
        const reason = whyNot(target, status)
        const isCurrent = shown === status
        const words = isCurrent ? status : (reason ?? `Set ${status}`)
        const override =
          reason !== null && mayOverride && !isCurrent ? ' You may override it, with a reason.' : ''
        return (
          <Tooltip key={status} label={words + override}>
            <UnstyledButton
              className={styles.statusButton}
              data-status={SHORT_STATUS[status]}
              aria-pressed={isCurrent}
              aria-disabled={reason !== null && !mayOverride && !isCurrent}
              data-off={reason !== null && !isCurrent}
              onClick={() => !isCurrent && onSet(status)}
            >
              <span className={styles.statusKey}>{index + 1}</span>
              {SHORT_STATUS[status]}
              <span className="visually-hidden">
                . {isCurrent ? 'This is the status now.' : words + override}
              </span>
            </UnstyledButton>
          </Tooltip>
        )
      })}
    </fieldset>
  )
}
