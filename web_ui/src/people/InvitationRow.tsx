/** An invitation that nobody has used: renewing it, or taking it back. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { InvitationView } from '../generated/types'
import { Question } from '../shell/Question'
import { dayText } from '../words/dates'
import styles from './people.module.css'
import { roleWord } from './roles'

interface Props {
  invitation: InvitationView
  busy: boolean
  onRenew(): void
  onRevoke(): void
}

export function InvitationRow({ invitation, busy, onRenew, onRevoke }: Props) {
  const [asking, setAsking] = useState(false)
  const { email, role, invited_by, expires_at, expired } = invitation
  const until = dayText(expires_at.slice(0, 10))
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>{email}</p>
        <p className={styles.small}>
          {roleWord(role)} · by {invited_by || 'an admin'} ·{' '}
          {expired ? <strong className={styles.bad}>ran out on {until}</strong> : `good until ${until}`}
        </p>
      </div>
      <div className={styles.controls}>
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          aria-label={`Renew the invitation of ${email}`}
          onClick={onRenew}
        >
          Renew
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          aria-label={`Take back the invitation of ${email}`}
          onClick={() => setAsking(true)}
        >
          Take back…
        </Button>
      </div>
      <Question
        takesAway
        opened={asking}
        title={`Take back the invitation of ${email}?`}
        yes="Take back"
        no="Leave it"
        onYes={() => {
          setAsking(false)
          onRevoke()
        }}
        onNo={() => setAsking(false)}
      >
        What was sent stops working at once. You can invite the address again at any time.
      </Question>
    </li>
  )
}
