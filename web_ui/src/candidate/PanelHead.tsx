/** Name, rank, a large phone number, and the three ways to reach somebody. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CandidatePanel } from '../generated/types'
import { CallBackIcon, ChatIcon, MailIcon, PhoneIcon } from '../shell/icons'
import { callAddress, mailAddress, whatsAppAddress } from '../words/phones'
import { callBackWords } from './CallBack'
import styles from './candidate.module.css'

export function PanelHead({ panel }: { panel: CandidatePanel }) {
  const ranks =
    panel.present_rank === panel.rank_applied_for || panel.present_rank === ''
      ? panel.rank_applied_for
      : `${panel.present_rank}, applied for ${panel.rank_applied_for}`
  return (
    <header className={styles.panelHead}>
      <h2 className={styles.panelName}>{panel.name || `No. ${panel.candidate_external_id}`}</h2>
      <p className={styles.soft}>
        {[
          ranks,
          panel.country,
          panel.availability && `available: ${panel.availability}`,
          `No. ${panel.candidate_external_id}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {panel.call_back_on && (
        <p className={styles.callLine}>
          <CallBackIcon size={14} /> {panel.call_back_by || 'Somebody'} calls back{' '}
          <strong>{callBackWords(panel.call_back_on, Date.now()).words}</strong>
        </p>
      )}
      <div className={styles.reach}>
        <span className={styles.phone}>{panel.mobile_no || 'No phone in the resume'}</span>
        <Reach href={callAddress(panel.mobile_no)} icon={<PhoneIcon />} words="Call" />
        <Reach href={whatsAppAddress(panel.mobile_no)} icon={<ChatIcon />} words="WhatsApp" outside />
        <Reach href={mailAddress(panel.email)} icon={<MailIcon />} words="Mail" />
      </div>
    </header>
  )
}

interface ReachProps {
  href: string | null
  icon: ReactNode
  words: string
  outside?: boolean
}

function Reach({ href, icon, words, outside = false }: ReachProps) {
  if (href === null) return null
  return (
    <Button
      component="a"
      href={href}
      variant="default"
      size="compact-sm"
      leftSection={icon}
      {...(outside ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
    >
      {words}
    </Button>
  )
}
