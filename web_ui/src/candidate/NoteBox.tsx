/** The note box: pinned, its text kept while it is typed and through a restart. Ctrl+Enter posts. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useApis } from '../api/context'
import type { DashboardRow } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote } from '../problem/ProblemNote'
import { useUndo } from '../undo/useUndo'
import styles from './candidate.module.css'
import { Drafts } from './drafts'
import { conflictOf, conflictText } from './statusChange'

interface Props {
  candidateId: string
  name: string
  version: number
  field: Ref<HTMLTextAreaElement>
  onPosted(row: DashboardRow): void
}

const drafts = () => new Drafts(window.localStorage)

export function NoteBox({ candidateId, name, version, field, onPosted }: Props) {
  const { cloud, writes } = useApis()
  const queries = useQueryClient()
  const offerUndo = useUndo()
  const [text, setText] = useState(() => drafts().read(candidateId))
  const post = useMutation({
    mutationFn: async (onVersion: number) => {
      const event_id = crypto.randomUUID()
      const note = text.trim()
      const row = await writes.run(candidateId, onVersion, (newest) =>
        cloud.addNote({ event_id, candidate_id: candidateId, note, version: newest }),
      )
      return { event_id, row }
    },
    onSuccess: ({ event_id, row }) => {
      change('')
      onPosted(row)
      offerUndo(`Note for ${name}`, [event_id])
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['candidate', candidateId] }),
  })
  const change = (next: string) => {
    setText(next)
    drafts().write(candidateId, next)
  }
  const send = (onVersion: number) => {
    if (text.trim() !== '' && !post.isPending) post.mutate(onVersion)
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send(version)
  }
  useKeys('Note', [
    { key: 'Ctrl+Enter', does: 'Post the note' },
    { key: 'Escape', does: 'Leave the note; its text is kept' },
  ])
  const conflict = conflictOf(post.error)
  return (
    <div className={styles.noteBox}>
      {conflict && (
        <div className={styles.conflict} role="alert">
          <p>
            <strong>{conflictText(conflict)}</strong> Your note is kept below.
          </p>
          <Button
            size="compact-sm"
            variant="default"
            loading={post.isPending}
            onClick={() => send(conflict.version)}
          >
            Post it all the same
          </Button>
        </div>
      )}
      {post.error && !conflict && <ProblemNote error={post.error} />}
      <Textarea
        ref={field}
        aria-label={`Note for ${name}`}
        placeholder="Write a note…"
        rows={2}
        classNames={{ input: styles.noteField }}
        maxLength={10_000}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <div className={styles.notePost}>
        <span className={styles.soft}>
          {text === '' ? 'Kept while you type' : 'Draft kept on this computer'}
        </span>
        <Button
          size="compact-md"
          disabled={text.trim() === ''}
          loading={post.isPending}
          onClick={() => send(version)}
        >
          Post note <kbd className={styles.postKey}>Ctrl ↵</kbd>
        </Button>
      </div>
    </div>
  )
}
