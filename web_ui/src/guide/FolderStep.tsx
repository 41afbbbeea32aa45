/** The folder for resumes: the suggested one with one press, another one with the system's dialog or by hand. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAgent } from '../api/context'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { FolderDialog, joined } from '../settings/FolderDialog'
import { useHealth } from '../shell/health'
import { bytesText } from '../words/numbers'
import styles from './guide.module.css'
import { DoneLine } from './StepBody'

const SUGGESTED_NAME = 'NjordHR Resumes'

export function FolderStep() {
  const agent = useAgent()
  const queries = useQueryClient()
  const { data: health } = useHealth()
  const { data: settings } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const { data: home } = useQuery({
    queryKey: ['agent', 'folders', null],
    queryFn: () => agent.folders(null),
  })
  const [browsing, setBrowsing] = useState(false)
  const changed = () => queries.invalidateQueries({ queryKey: ['agent', 'settings'] })
  const suggested = home && joined(home.path, SUGGESTED_NAME)
  const suggest = useMutation({
    mutationFn: async (path: string) => {
      // One that is there already is as good.
      await agent.makeFolder(path)
      return agent.setDownloadFolder(path)
    },
    onSuccess: changed,
  })
  const native = useMutation({
    mutationFn: async () => {
      const { path } = await agent.chooseFolder()
      return path === null ? null : agent.setDownloadFolder(path)
    },
    onSuccess: changed,
  })
  const folder = settings?.download_folder ?? null
  return (
    <>
      <p className={styles.lead}>
        Each resume lands there as a PDF, in a folder for its rank. A resume takes about 0.2 MB, so that 1 GB
        is room for some 5000 of them. Choose a folder on this computer, not on a stick or a drive of the
        network that may be away.
      </p>
      {folder && folder.reason === null && (
        <DoneLine>
          <strong>{folder.path}</strong>
          {folder.free_bytes !== null && `, ${bytesText(folder.free_bytes)} free`}
        </DoneLine>
      )}
      {folder?.reason && <ReasonNote reason={folder.reason} />}
      <div className={styles.choices}>
        {suggested && folder?.path !== suggested && (
          <Button
            variant={folder === null ? 'filled' : 'default'}
            loading={suggest.isPending}
            onClick={() => suggest.mutate(suggested)}
          >
            Use {suggested}
          </Button>
        )}
        {health?.native_dialogs ? (
          <Button variant="default" loading={native.isPending} onClick={() => native.mutate()}>
            Choose another folder…
          </Button>
        ) : (
          <Button variant="default" onClick={() => setBrowsing(true)}>
            Choose another folder…
          </Button>
        )}
      </div>
      {suggest.error && <ProblemNote error={suggest.error} />}
      {native.error && <ProblemNote error={native.error} />}
      <FolderDialog opened={browsing} current={folder?.path ?? null} onClose={() => setBrowsing(false)} />
    </>
  )
}
