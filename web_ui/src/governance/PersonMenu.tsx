/** What an admin can do about one person: see who had to do with them, hold, and erase. */
import { ActionIcon, Menu, Modal } from '@mantine/core'
import { useState } from 'react'
import type { CandidatePanel } from '../generated/types'
import { MoreIcon } from '../shell/icons'
import { useMe } from '../shell/session'
import { AuditList } from './AuditList'
import { EraseDialog } from './EraseDialog'
import { HoldDialog } from './HoldDialog'

interface Props {
  panel: CandidatePanel
  className?: string
  onErased(): void
}

export function PersonMenu({ panel, className, onErased }: Props) {
  const me = useMe()
  const [open, setOpen] = useState<'log' | 'hold' | 'erase' | null>(null)
  if (!me?.actions.includes('candidates.erase')) return null
  const name = panel.name || `No. ${panel.candidate_external_id}`
  const close = () => setOpen(null)
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" className={className} aria-label={`More about ${name}`}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('log')}>Who saw and did what…</Menu.Item>
          <Menu.Item onClick={() => setOpen('hold')}>Legal hold…</Menu.Item>
          <Menu.Item onClick={() => setOpen('erase')}>Erase this person…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'log' && (
        <Modal opened onClose={close} size="xl" title={`Who saw ${name}, and did what`}>
          <AuditList filters={{ candidate_id: panel.candidate_id }} />
        </Modal>
      )}
      {open === 'hold' && <HoldDialog candidateId={panel.candidate_id} name={name} onClose={close} />}
      {open === 'erase' && (
        <EraseDialog
          candidateId={panel.candidate_id}
          name={name}
          number={panel.candidate_external_id}
          onClose={close}
          onErased={onErased}
        />
      )}
    </>
  )
}
