/** Choose the folder for resumes: type it, walk to it, or use the system's own dialog where there is one. */
import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useAgent } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { FolderIcon } from '../shell/icons'
import { useToasts } from '../undo/ToastShelf'
import styles from './settings.module.css'

interface Props {
  opened: boolean
  current: string | null
  onClose(): void
}

export function FolderDialog({ opened, current, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Folder for resumes" size="lg">
      <FolderForm current={current} onDone={onClose} />
    </Modal>
  )
}

function FolderForm({ current, onDone }: { current: string | null; onDone(): void }) {
  const agent = useAgent()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [place, setPlace] = useState<string | null>(current)
  const [typed, setTyped] = useState(current ?? '')
  const [newName, setNewName] = useState('')
  const listing = useQuery({
    queryKey: ['agent', 'folders', place],
    queryFn: () => agent.folders(place),
    placeholderData: (last) => last,
    retry: false,
  })
  const walk = (path: string) => {
    setPlace(path)
    setTyped(path)
  }
  const use = useMutation({
    mutationFn: (path: string) => agent.setDownloadFolder(path),
    onSuccess: async (folder) => {
      await queries.invalidateQueries({ queryKey: ['agent', 'settings'] })
      toasts.say(`Resumes go to ${folder.path}`)
      onDone()
    },
  })
  const make = useMutation({
    mutationFn: (name: string) => agent.makeFolder(joined(listing.data?.path ?? '', name)),
    onSuccess: async (folder) => {
      setNewName('')
      await queries.invalidateQueries({ queryKey: ['agent', 'folders'] })
      walk(folder.path)
    },
  })
  const { data: health } = useHealth()
  const native = useMutation({
    mutationFn: agent.chooseFolder,
    onSuccess: ({ path }) => path && walk(path),
  })
  const target = typed.trim() || listing.data?.path || ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target !== '') use.mutate(target)
  }
  return (
    <form onSubmit={submit} className={styles.folderForm}>
      <div className={styles.folderTyped}>
        <TextInput
          label="Whole path"
          placeholder={listing.data?.path}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {health?.native_dialogs && (
          <Button variant="default" loading={native.isPending} onClick={() => native.mutate()}>
            Choose…
          </Button>
        )}
      </div>
      {use.error && <ProblemNote error={use.error} />}
      {native.error && <ProblemNote error={native.error} />}
      {listing.error && <ProblemNote error={listing.error} onRetry={() => setPlace(null)} />}
      {listing.data && (
        <div className={styles.browser}>
          <p className={styles.browserPath}>
            <FolderIcon /> <bdi>{listing.data.path}</bdi>
          </p>
          <ul className={styles.folders} aria-label="Folders here">
            {listing.data.parent !== null && (
              <li>
                <button type="button" onClick={() => walk(listing.data.parent ?? '')}>
                  ↑ One folder up
                </button>
              </li>
            )}
            {listing.data.folders.map((folder) => (
              <li key={folder.path}>
                <button type="button" onClick={() => walk(folder.path)}>
                  <FolderIcon /> {folder.name}
                </button>
              </li>
            ))}
            {listing.data.folders.length === 0 && <li className={styles.soft}>No folders in here.</li>}
          </ul>
        </div>
      )}
      <div className={styles.folderTyped}>
        <TextInput
          label="New folder in here"
          value={newName}
          onChange={(event) => setNewName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || newName.trim() === '') return
            event.preventDefault()
            make.mutate(newName.trim())
          }}
        />
        <Button
          variant="default"
          disabled={newName.trim() === ''}
          loading={make.isPending}
          onClick={() => make.mutate(newName.trim())}
        >
          Make folder
        </Button>
      </div>
      {make.error && <ProblemNote error={make.error} />}
      <Button type="submit" loading={use.isPending} disabled={target === ''} fullWidth size="md">
        Use this folder
      </Button>
    </form>
  )
}

/** A folder's name below a path, with the separator that the path uses itself. */
export function joined(path: string, name: string): string {
  const separator = path.includes('\\') && !path.includes('/') ? '\\' : '/'
  return path.endsWith(separator) ? path + name : path + separator + name
}
