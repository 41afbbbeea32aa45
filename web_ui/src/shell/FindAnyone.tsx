/** Find anyone by name, last digits of a phone, or the portal's number. */
import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useApis } from '../api/context'
import type { FoundCandidate } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote } from '../problem/ProblemNote'
import { FindIcon } from './icons'
import { useFindOverlay } from './overlays'
import styles from './shell.module.css'

export function FindAnyone() {
  const { opened, open, close } = useFindOverlay()
  useKeys('Everywhere', [{ key: 'Ctrl+k', does: 'Find anyone', run: open, whileTyping: true }])
  return (
    <Modal opened={opened} onClose={close} title="Find anyone" size="lg" centered={false}>
      <FindForm onDone={close} />
    </Modal>
  )
}

function FindForm({ onDone }: { onDone(): void }) {
  const { cloud } = useApis()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [asked] = useDebouncedValue(text.trim(), 200)
  const { data, error, isFetching } = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => cloud.find(asked, signal),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
  })
  const found = asked.length >= 2 ? (data?.candidates ?? []) : []
  const show = (person: FoundCandidate) => {
    onDone()
    void navigate({ to: '/dashboard', search: (old) => ({ ...old, person: person.candidate_id }) })
  }
  const onKey = (event: KeyboardEvent) => {
    const person = found[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && person) show(person)
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        aria-label="Name, last digits of a phone, or the portal's number"
        placeholder="Name, last digits of a phone, or the portal's number"
        leftSection={<FindIcon />}
        size="md"
        data-autofocus
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="found"
        aria-activedescendant={found[at] ? `found-${found[at].candidate_id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div className={styles.found}>
        {error && <ProblemNote error={error} />}
        <div id="found" role="listbox" aria-label="Found" tabIndex={-1}>
          {found.map((person, index) => (
            <div
              key={person.candidate_id}
              id={`found-${person.candidate_id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.hit}
              onMouseMove={() => setAt(index)}
              onClick={() => show(person)}
              onKeyDown={onKey}
            >
              <strong>{person.name || 'Name not read'}</strong>
              <span>{person.present_rank}</span>
              <span className={styles.soft}>No. {person.candidate_external_id}</span>
              <span className={styles.soft}>{placeOf(person)}</span>
            </div>
          ))}
        </div>
        <p className={styles.soft} role="status">
          {asked.length < 2 ? 'Type at least two letters or digits.' : ''}
          {asked.length >= 2 && !isFetching && !error && found.length === 0
            ? 'Nobody in the office’s records.'
            : ''}
        </p>
      </div>
    </>
  )
}

function placeOf(person: FoundCandidate): string {
  if (person.status !== null) return person.status
  return person.review_state === 'to_review' ? 'To review' : 'Passed in review'
}
