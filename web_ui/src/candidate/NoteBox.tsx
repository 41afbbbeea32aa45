/** The note box: pinned, its text kept while it is typed and through a restart. Ctrl+Enter posts. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useApis } from '../api/context'
import type { DashboardRow } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote } from '../problem/ProblemNote'
import { useUndo } from '../undo/useUndo'
import { dayText } from '../words/dates'
import { CallBackField } from './CallBack'
import styles from './candidate.module.css'
import { Drafts } from './drafts'
import { conflictOf, conflictText } from './statusChange'

interface Props {
  candidateId: string
  name: string
  version: number
  callBackOn: string | null
  field: Ref<HTMLTextAreaElement>
  onPosted(row: DashboardRow): void
}

interface Posting {
  version: number
  /** Nobody needs to call back any more. */
  done: boolean
}

const drafts = () => new Drafts(window.localStorage)

/** What is posted: a day without words says itself. */
export function noteToPost(text: string, callBackOn: string): string {
  return text.trim() || (callBackOn === '' ? '' : `Call back on ${dayText(callBackOn)}`)
}

export function NoteBox({ candidateId, name, version, callBackOn, field, onPosted }: Props) {
  const { cloud, writes } = useApis()
  const queries = useQueryClient()
  const offerUndo = useUndo()
  const [text, setText] = useState(() => drafts().read(candidateId))
  const [day, setDay] = useState(() => drafts().readDay(candidateId))
  const post = useMutation({
    mutationFn: async ({ version: onVersion, done }: Posting) => {
      const event_id = crypto.randomUUID()
      const note = done ? text.trim() || 'Called back' : noteToPost(text, day)
      const callBack = done ? { call_back_done: true } : { call_back_on: day || null }
      const row = await writes.run(candidateId, onVersion, (newest) =>
        cloud.addNote({ event_id, candidate_id: candidateId, note, version: newest, ...callBack }),
      )
      return { event_id, row }
    },
    onSuccess: ({ event_id, row }) => {
      change('')
      changeDay('')
      onPosted(row)
      offerUndo(`Note for ${name}`, [event_id])
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['candidate', candidateId] }),
  })
  const change = (next: string) => {
    setText(next)
    drafts().write(candidateId, next)
  }
  const changeDay = (next: string) => {
    setDay(next)
    drafts().writeDay(candidateId, next)
  }
  const isEmpty = noteToPost(text, day) === ''
  const send = (onVersion: number) => {
    if (!isEmpty && !post.isPending) post.mutate({ version: onVersion, done: false })
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
            onClick={() => post.mutate({ version: conflict.version, done: post.variables?.done ?? false })}
          >
            Post it all the same
          </Button>
        </div>
      )}
      {post.error && !conflict && <ProblemNote error={post.error} />}
      <Textarea
        ref={field}
        aria-label={`Note for ${name}`}
        placeholder="Write a note… Ctrl+Enter posts it"
        rows={2}
        classNames={{ input: styles.noteField }}
        maxLength={10_000}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <div className={styles.notePost}>
        <CallBackField value={day} onChange={changeDay} />
        {callBackOn !== null && (
          <Button
            size="compact-xs"
            variant="default"
            disabled={post.isPending}
            onClick={() => post.mutate({ version, done: true })}
          >
            Call-back done
          </Button>
        )}
        <Button
          size="compact-md"
          className={styles.postButton}
          disabled={isEmpty}
          title="The draft is kept on this computer until it is posted"
          loading={post.isPending}
          onClick={() => send(version)}
        >
          Post note
        </Button>
      </div>
    </div>
  )
}
