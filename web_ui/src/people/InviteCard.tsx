/** Inviting somebody: an address and a role become a link, which the admin sends. */
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { InvitationMade, InvitationView, Role } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { InvitationRow } from './InvitationRow'
import { LinkBox } from './LinkBox'
import styles from './people.module.css'
import { ROLES, roleMay } from './roles'
import { useInvitationChanges } from './usePeople'

interface Props {
  invitations: InvitationView[]
  error: Error | null
}

export function InviteCard({ invitations, error }: Props) {
  const { invite, renew, revoke } = useInvitationChanges()
  const [made, setMade] = useState<InvitationMade | null>(null)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('recruiter')

  const show = (told: InvitationMade) => setMade(told)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = (told: InvitationMade) => {
      show(told)
      setEmail('')
    }
    invite.mutate({ email: email.trim(), role }, { onSuccess })
  }
  const takeBack = (invitation: InvitationView) => {
    if (made?.invitation.invitation_id === invitation.invitation_id) setMade(null)
    revoke.mutate(invitation.invitation_id)
  }
  return (
    <section className={styles.card} aria-labelledby="invite-title">
      <h2 id="invite-title">Invite somebody</h2>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label="E-mail address"
          type="email"
          required
          withAsterisk={false}
          maxLength={320}
          autoComplete="off"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value)
            invite.reset() // what was refused was another address
          }}
        />
        <Select
          label="Role"
          description={roleMay(role)}
          data={ROLES}
          allowDeselect={false}
          value={role}
          onChange={(value) => value && setRole(value as Role)}
        />
        {invite.error && <ProblemNote error={invite.error} />}
        <Button type="submit" loading={invite.isPending}>
          Make an invitation
        </Button>
      </form>
      {made && <LinkBox made={made} onClose={() => setMade(null)} />}
      {error && <ProblemNote error={error} background />}
      {(renew.error ?? revoke.error) && <ProblemNote error={renew.error ?? revoke.error} />}
      {invitations.length > 0 && (
        <>
          <h3 className={styles.subtitle}>Invited, not joined yet</h3>
          <ul className={styles.list} aria-label="Invitations">
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.invitation_id}
                invitation={invitation}
                busy={renew.isPending || revoke.isPending}
                onRenew={() => renew.mutate(invitation.invitation_id, { onSuccess: show })}
                onRevoke={() => takeBack(invitation)}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
