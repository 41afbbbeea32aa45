/** Erasing one person: what goes, what stays and where copies are, before it is done for good. */
import { Button, Loader, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import type { CopyComputer, Keeping } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'
import styles from './governance.module.css'

interface Props {
  candidateId: string
  name: string
  number: string
  onClose(): void
  onErased(): void
}

export function EraseDialog({ candidateId, name, number, onClose, onErased }: Props) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const { data, error } = useQuery({
    queryKey: ['keeping', candidateId],
    queryFn: () => cloud.keeping(candidateId),
  })
  const erase = useMutation({ mutationFn: () => cloud.erase(candidateId) })
  const done = () => {
    onErased()
    queries.removeQueries({ queryKey: ['candidate', candidateId] })
    void queries.invalidateQueries()
  }
  if (erase.data) {
    return (
      <Modal opened onClose={done} title="Erased">
        <div className={styles.form}>
          <p>The office's records and files of this person are gone for good.</p>
          <Copies computers={erase.data.computers} />
          <div className={styles.buttons}>
            <Button onClick={done} data-autofocus>
              Done
            </Button>
          </div>
        </div>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title={`Erase ${name} for good?`}>
      {error && <ProblemNote error={error} />}
      {!data && !error && <Loader size="sm" />}
      {data && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim() === number) erase.mutate()
          }}
        >
          <WhatGoes kept={data} />
          {data.hold ? (
            <p className={styles.held}>
              A legal hold stands on this person (“{data.hold.reason}”). Lift it first.
            </p>
          ) : (
            <TextInput
              label={`Type the number ${number} to go on`}
              value={typed}
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          {erase.error && <ProblemNote error={erase.error} />}
          <div className={styles.buttons}>
            <Button variant="default" onClick={onClose} data-autofocus>
              Keep this person
            </Button>
            <Button
              type="submit"
              color="red.9"
              loading={erase.isPending}
              disabled={data.hold !== null || typed.trim() !== number}
            >
              Erase for good
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}

function WhatGoes({ kept }: { kept: Keeping }) {
  const files = kept.cloud_copies > 0 ? `, and ${counted(kept.cloud_copies, 'file')} in the file store` : ''
  return (
    <>
      <p>
        This cannot be undone. What goes: name, contact, facts, notes and {counted(kept.resumes, 'resume')} in
        the office's records{files}. What stays: that somebody of this rank and status was there, so that the
        counts stay right, and the audit log, which names nobody.
      </p>
      {kept.exports > 0 && (
        <p>
          The person was in {counted(kept.exports, 'export')}. What left the office with{' '}
          {kept.exports === 1 ? 'it' : 'them'} is not reached from here.
        </p>
      )}
      <Copies computers={kept.computers} />
    </>
  )
}

function Copies({ computers }: { computers: CopyComputer[] }) {
  if (computers.length === 0) return <p>No computer of the office is known to have a copy.</p>
  return (
    <div>
      <p>
        {computers.length === 1
          ? "A copy on a recruiter's computer stays. Ask whose computer it is to delete it:"
          : "Copies on recruiters' computers stay. Ask whose computers they are to delete them:"}
      </p>
      <ul className={styles.copies} aria-label="Computers with copies">
        {computers.map((computer) => (
          <li key={computer.device_id}>
            <strong>{computer.device_name}</strong> of {computer.owner_name || 'somebody'}
            {computer.status === 'revoked'
              ? ', disconnected'
              : computer.last_seen_at
                ? `, seen ${agoText(computer.last_seen_at, Date.now())}`
                : ''}
          </li>
        ))}
      </ul>
    </div>
  )
}
