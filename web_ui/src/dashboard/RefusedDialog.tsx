/** After a change of many: who was left out, and why. */
import { Button, Modal } from '@mantine/core'
import { asApiError } from '../api/problem'
import { type StatusTarget, whyNot } from '../candidate/statusChange'
import { type Refusal, refusalText } from '../candidate/useStatusChange'
import type { CandidateStatus } from '../generated/types'
import { counted } from '../words/numbers'
import styles from './dashboard.module.css'

export interface Refused {
  status: CandidateStatus
  refusals: readonly Refusal[]
  notAllowed: readonly StatusTarget[]
}

export function RefusedDialog({ refused, onClose }: { refused: Refused | null; onClose(): void }) {
  return (
    <Modal opened={refused !== null} onClose={onClose} title="Not everybody was set">
      {refused && <RefusedList refused={refused} />}
      <Button onClick={onClose} mt="md" fullWidth data-autofocus>
        Understood
      </Button>
    </Modal>
  )
}

function RefusedList({ refused: { status, refusals, notAllowed } }: { refused: Refused }) {
  return (
    <>
      <p>
        {counted(refusals.length + notAllowed.length, 'person was', 'people were')} not set to {status}:
      </p>
      <ul className={styles.refused}>
        {notAllowed.map((target) => (
          <li key={target.candidate_id}>
            <strong>{target.name}</strong> {whyNot(target, status)}
          </li>
        ))}
        {refusals.map((refusal) => (
          <li key={refusal.target.candidate_id}>
            <strong>{refusalText(refusal)}</strong> {asApiError(refusal.error).words.sentence}{' '}
            {asApiError(refusal.error).words.nextStep}
          </li>
        ))}
      </ul>
    </>
  )
}
