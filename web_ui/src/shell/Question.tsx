/** A question before something that is not easily taken back. The safe answer has the focus. */
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './shell.module.css'

interface Props {
  opened: boolean
  title: string
  yes: string
  no: string
  busy?: boolean
  /** Red is for what takes something away. */
  takesAway?: boolean
  onYes(): void
  onNo(): void
  children: ReactNode
}

export function Question({
  opened,
  title,
  yes,
  no,
  busy = false,
  takesAway = false,
  onYes,
  onNo,
  children,
}: Props) {
  return (
    <Modal opened={opened} onClose={onNo} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div>{children}</div>
      <div className={styles.answers}>
        <Button variant="default" onClick={onNo} data-autofocus>
          {no}
        </Button>
        <Button {...(takesAway ? { color: 'red.9' } : {})} loading={busy} onClick={onYes}>
          {yes}
        </Button>
      </div>
    </Modal>
  )
}
