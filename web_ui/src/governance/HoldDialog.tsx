/** A legal hold: while it stands, nothing of the person is deleted. */
import { Button, Loader, Modal, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import { agoText } from '../words/dates'
import styles from './governance.module.css'

interface Props {
  candidateId: string
  name: string
  onClose(): void
}

export function HoldDialog({ candidateId, name, onClose }: Props) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const key = ['keeping', candidateId]
  const { data, error } = useQuery({ queryKey: key, queryFn: () => cloud.keeping(candidateId) })
  const change = useMutation({
    mutationFn: () =>
      data?.hold ? cloud.liftHold(candidateId) : cloud.placeHold(candidateId, reason.trim()),
    onSuccess: (kept) => {
      queries.setQueryData(key, kept)
      onClose()
    },
  })
  const hold = data?.hold ?? null
  const typed = reason.trim() !== ''
  return (
    <Modal
      opened
      onClose={onClose}
      // A slip of a finger takes no reason away that somebody typed.
      closeOnEscape={!typed}
      closeOnClickOutside={!typed}
      title={`Legal hold on ${name}`}
    >
      {error && <ProblemNote error={error} />}
      {!data && !error && <Loader size="sm" />}
      {data && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            change.mutate()
          }}
        >
          {hold ? (
            <>
              <p>
                {hold.placed_by || 'Somebody'} placed a hold {agoText(hold.placed_at, Date.now())}: “
                {hold.reason}”.
              </p>
              <p className={styles.soft}>
                When it is lifted, the office's rules apply to this person again, and they can be erased.
              </p>
            </>
          ) : (
            <>
              <p>
                While a hold stands, no rule deletes this person and nobody can erase them. Everything else
                goes on as before.
              </p>
              <WhyField value={reason} onChange={setReason} />
            </>
          )}
          {change.error && <ProblemNote error={change.error} />}
          <div className={styles.buttons}>
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={change.isPending} disabled={hold === null && reason.trim() === ''}>
              {hold ? 'Lift the hold' : 'Place the hold'}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}

/** It comes after the dialog did, and takes the focus then: on the Close button, a space would close it. */
function WhyField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const field = useFocusWhenShown<HTMLTextAreaElement>()
  return (
    <Textarea
      label="Why"
      required
      withAsterisk={false}
      maxLength={400}
      rows={2}
      ref={field}
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
