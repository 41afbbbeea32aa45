/** The views that somebody kept, and keeping the present filters as one. They follow the person. */
import { ActionIcon, Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApis } from '../api/context'
import type { SavedView } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { CloseIcon } from '../shell/icons'
import type { DashboardSearch } from '../shell/router'
import { useMe } from '../shell/session'
import { useToasts } from '../undo/ToastShelf'
import styles from './dashboard.module.css'
import { RailItem } from './RailItem'
import { filtersOf, searchOf, viewOf } from './views'

export function useViews(): readonly SavedView[] {
  const { cloud } = useApis()
  const me = useMe()
  const { data } = useQuery({
    queryKey: ['views'],
    queryFn: cloud.views,
    enabled: me !== null,
    staleTime: 60_000,
  })
  return data?.views ?? []
}

interface ListProps {
  search: DashboardSearch
  onGo(change: Partial<DashboardSearch>): void
}

export function SavedViewList({ search, onGo }: ListProps) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const toasts = useToasts()
  const views = useViews()
  const shown = viewOf(views, search)
  const read = () => queries.invalidateQueries({ queryKey: ['views'] })
  const drop = useMutation({
    mutationFn: (view: SavedView) => cloud.dropView(view.view_id),
    onSuccess: (_, view) => {
      toasts.offerUndo(`Deleted the view ${view.name}`, async () => {
        await cloud.keepView({ name: view.name, filters: view.filters })
        await read()
      })
    },
    onError: (error) => toasts.fail(error, 'The view was not deleted'),
    onSettled: read,
  })
  if (views.length === 0) return null
  return (
    <>
      <h2 className={styles.railTitle}>Saved views</h2>
      <ul className={styles.views}>
        {views.map((view) => (
          <li key={view.view_id} className={styles.view}>
            <RailItem
              words={view.name}
              count={undefined}
              current={shown?.view_id === view.view_id}
              onGo={() => onGo(searchOf(view.filters))}
            />
            <ActionIcon
              variant="subtle"
              size="sm"
              className={styles.dropView}
              aria-label={`Delete the view ${view.name}`}
              onClick={() => drop.mutate(view)}
            >
              <CloseIcon size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Offered where filters are set that have no name yet. */
export function SaveView({ search }: { search: DashboardSearch }) {
  const [asking, setAsking] = useState(false)
  const views = useViews()
  const filters = filtersOf(search)
  // The lists that are on the left anyway need no name.
  const isListed = Object.keys(filters).every((name) => name === 'call_backs' || name === 'archive')
  if (isListed || viewOf(views, search) !== undefined) return null
  return (
    <>
      <Button variant="subtle" className={styles.clear} onClick={() => setAsking(true)}>
        Save view
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Save this view">
        <SaveForm search={search} onDone={() => setAsking(false)} />
      </Modal>
    </>
  )
}

function SaveForm({ search, onDone }: { search: DashboardSearch; onDone(): void }) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const toasts = useToasts()
  const views = useViews()
  const [name, setName] = useState(suggestedName(search))
  const replaces = views.some((view) => view.name === name.trim())
  const keep = useMutation({
    mutationFn: () => cloud.keepView({ name: name.trim(), filters: filtersOf(search) as object }),
    onSuccess: async (view) => {
      await queries.invalidateQueries({ queryKey: ['views'] })
      toasts.say(`Saved on the left: ${view.name}`)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') keep.mutate()
  }
  return (
    <form onSubmit={submit} className={styles.saveForm}>
      <TextInput
        label="Name"
        description={
          replaces
            ? 'You have a view of this name: it is replaced.'
            : 'It keeps the filters, and not the people: who fits them later shows too.'
        }
        data-autofocus
        maxLength={60}
        value={name}
        // What is suggested goes as soon as another name is typed.
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {keep.error && <ProblemNote error={keep.error} />}
      <div className={styles.saveButtons}>
        <Button variant="default" onClick={onDone}>
          Do not save
        </Button>
        <Button type="submit" disabled={name.trim() === ''} loading={keep.isPending}>
          {replaces ? 'Replace' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

export function suggestedName({ rank, status, archive, q, country, calls }: DashboardSearch): string {
  const parts = [calls ? 'My call-backs' : '', rank ?? '', status ?? '', country ?? '', q ? `“${q}”` : '']
  const name = parts.filter((part) => part !== '').join(', ')
  return (name || (archive ? 'Archive' : '')).slice(0, 60)
}
