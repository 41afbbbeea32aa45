/** How far an export is, and what came of it: who is in it without a resume, why, and what to do. */
import { Button, Modal, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { MissingGroup } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { counted } from '../words/numbers'
import { type Exporting, progressOf } from './exporting'
import styles from './exports.module.css'

interface Props {
  opened: boolean
  exporting: Exporting | null
  onCancel(): void
  onClose(): void
}

export function ExportDialog({ opened, exporting, onCancel, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Export" size="lg">
      {exporting && <ExportBody exporting={exporting} onCancel={onCancel} onClose={onClose} />}
    </Modal>
  )
}

function ExportBody({ exporting, onCancel, onClose }: Omit<Props, 'opened'> & { exporting: Exporting }) {
  const { state, view, error } = exporting
  const running = state === 'running'
  return (
    <div className={styles.body}>
      {running && <Running exporting={exporting} />}
      {state === 'done' && (
        <p className={styles.sentence} role="status">
          {exporting.sentence}
        </p>
      )}
      {state === 'done' && view?.saved_as && <SavedAs exportId={view.export_id} path={view.saved_as} />}
      {state === 'done' && view?.save === 'browser' && (
        <p className={styles.soft}>
          Your browser saves it among its downloads, as <bdi>{view.file_name}</bdi>.
        </p>
      )}
      {state === 'cancelled' && <p role="status">The export was cancelled. Nothing was saved.</p>}
      {state === 'failed' && error !== null && <ProblemNote error={error} />}
      {state === 'failed' && error === null && view?.reason && <ReasonNote reason={view.reason} />}
      {!running && view && view.missing_groups.length > 0 && <Missing groups={view.missing_groups} />}
      <div className={styles.buttons}>
        {running && (
          <Button variant="default" onClick={onCancel}>
            Cancel the export
          </Button>
        )}
        <Button onClick={onClose} data-autofocus>
          {running ? 'Go on working' : 'Close'}
        </Button>
      </div>
    </div>
  )
}

function Running({ exporting }: { exporting: Exporting }) {
  const { text, percent } = progressOf(exporting)
  return (
    <>
      <p role="status">{text}</p>
      <Progress value={percent ?? 0} animated={percent === null} aria-label={`Exported: ${text}`} />
      <p className={styles.soft}>You can close this and go on working; it goes on.</p>
    </>
  )
}

function SavedAs({ exportId, path }: { exportId: string; path: string }) {
  const { agent } = useApis()
  const show = useMutation({ mutationFn: async () => agent?.showExport(exportId) })
  return (
    <div className={styles.saved}>
      <bdi>{path}</bdi>
      <Button variant="default" size="compact-sm" loading={show.isPending} onClick={() => show.mutate()}>
        Show in folder
      </Button>
      {show.error && <ProblemNote error={show.error} />}
    </div>
  )
}

function Missing({ groups }: { groups: readonly MissingGroup[] }) {
  return (
    <section aria-label="Without a resume">
      <h3 className={styles.missingTitle}>Without a resume</h3>
      <ul className={styles.missing}>
        {groups.map((group) => (
          <li key={`${group.reason} ${group.device_name}`}>
            <strong>{counted(group.people, 'person', 'people')}:</strong> {group.why}{' '}
            {group.device_name && `(computer: ${group.device_name}) `}
            {group.what_to_do}
          </li>
        ))}
      </ul>
      <p className={styles.soft}>Their names stand in missing.csv, inside the export.</p>
    </section>
  )
}
