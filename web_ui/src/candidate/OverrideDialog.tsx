/** An admin sets a status that the steps do not allow, and says why. */
import { Button, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CandidateStatus } from '../generated/types'
import styles from './candidate.module.css'
import type { StatusTarget } from './statusChange'

interface Props {
  target: StatusTarget
  status: CandidateStatus | null
  onSet(reason: string): void
  onClose(): void
}

export function OverrideDialog({ target, status, onSet, onClose }: Props) {
  return (
    <Modal opened={status !== null} onClose={onClose} title={`Set ${status ?? ''} for ${target.name}`}>
      <OverrideForm from={target.status} onSet={onSet} onClose={onClose} />
    </Modal>
  )
}

function OverrideForm({
  from,
  onSet,
  onClose,
}: {
  from: CandidateStatus
  onSet(reason: string): void
  onClose(): void
}) {
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') onSet(reason.trim())
  }
  return (
    <form onSubmit={submit} className={styles.override}>
      <p>
        The steps do not lead there from {from}. As an admin you may set it; the reason stays in the history.
      </p>
      <Textarea
        label="Reason"
        required
        withAsterisk={false}
        maxLength={400}
        rows={3}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.overrideButtons}>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button type="submit" disabled={reason.trim() === ''}>
          Set with this reason
        </Button>
      </div>
    </form>
  )
}
