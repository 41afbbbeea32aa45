/** The folder for resumes, in one line, with its free space or what is wrong with it. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FolderView } from '../generated/types'
import { ReasonNote } from '../problem/ProblemNote'
import { FolderDialog } from '../settings/FolderDialog'
import { FolderIcon } from '../shell/icons'
import { bytesText } from '../words/numbers'
import styles from './download.module.css'

export function FolderLine({ folder }: { folder: FolderView | null }) {
  const [choosing, setChoosing] = useState(false)
  return (
    <div>
      <span className={styles.label}>Folder on this computer</span>
      <div className={styles.folder}>
        <FolderIcon className={styles.folderIcon} />
        <span className={styles.folderPath} title={folder?.path}>
          <bdi>{folder?.path ?? 'None yet'}</bdi>
        </span>
        {folder?.free_bytes != null && (
          <span className={styles.soft}>{bytesText(folder.free_bytes)} free</span>
        )}
        <Button
          variant={folder === null ? 'filled' : 'default'}
          size="compact-sm"
          onClick={() => setChoosing(true)}
        >
          {folder === null ? 'Choose' : 'Change'}
        </Button>
      </div>
      {folder?.reason && <ReasonNote reason={folder.reason} />}
      <FolderDialog opened={choosing} current={folder?.path ?? null} onClose={() => setChoosing(false)} />
    </div>
  )
}
