/** The link of a new invitation, told this once: to copy, or to send with one's own mail program. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApis } from '../api/context'
import type { InvitationMade } from '../generated/types'
import { linkOf, mailTo } from '../join/invitation'
import { useMe } from '../shell/session'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import { dayText } from '../words/dates'
import styles from './people.module.css'

export function LinkBox({ made, onClose }: { made: InvitationMade; onClose(): void }) {
  const { config } = useApis()
  const me = useMe()
  const first = useFocusWhenShown<HTMLButtonElement>()
  const [copied, setCopied] = useState(false)
  const page = config.mode === 'cloud' ? window.location.origin + import.meta.env.BASE_URL : null
  const link = linkOf(made, page)
  const shown = link ?? made.invitation_token
  const { email, expires_at } = made.invitation
  const copy = () => {
    navigator.clipboard.writeText(shown).then(
      () => setCopied(true),
      // Where the clipboard is not allowed, the link is selectable text.
      () => setCopied(false),
    )
  }
  return (
    <div className={styles.made} role="status">
      <p className={styles.name}>
        {link === null ? 'The code' : 'The link'} for {email}
      </p>
      <p className={styles.small}>
        {link === null
          ? 'Send it yourself. They open NjordHR on their computer, press “I have an invitation”, and paste it.'
          : 'Send it yourself; NjordHR writes no mail.'}{' '}
        It works once, until {dayText(expires_at.slice(0, 10))}, and is not shown again.
      </p>
      <code className={styles.link}>{shown}</code>
      <div className={styles.buttons}>
        <Button size="xs" onClick={copy} ref={first}>
          {copied ? 'Copied' : link === null ? 'Copy the code' : 'Copy the link'}
        </Button>
        <Button
          component="a"
          variant="default"
          size="xs"
          href={mailTo(email, me?.organisation_name ?? 'our office', link, made.invitation_token)}
        >
          Write a mail
        </Button>
        <Button variant="subtle" size="xs" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
