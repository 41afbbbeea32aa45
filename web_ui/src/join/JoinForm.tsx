/** Name and password of somebody who joins. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { InvitationSeen } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { waitNote } from '../problem/waitNote'
import { useSession } from '../shell/session'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import styles from '../signin/signin.module.css'

export const MINIMUM_PASSWORD = 12

interface Props {
  token: string
  seen: InvitationSeen
  onUse(): void
}

export function JoinForm({ token, seen, onUse }: Props) {
  const { join } = useSession()
  const first = useFocusWhenShown<HTMLInputElement>()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [tooShort, setTooShort] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTooShort(password.length < MINIMUM_PASSWORD)
    if (password.length < MINIMUM_PASSWORD) return
    onUse()
    setBusy(true)
    setError(null)
    join(token, name.trim(), password)
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        value={seen.email}
        readOnly
      />
      <TextInput
        label="Your name, as colleagues read it"
        name="name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={200}
        ref={first}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label="Choose a password"
        description={`At least ${MINIMUM_PASSWORD} characters; three or four words are easy to type. If this address has an account already, type its password.`}
        name="password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        error={tooShort ? `${MINIMUM_PASSWORD} characters at least; this has ${password.length}.` : undefined}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
          setTooShort(false)
        }}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      />
      {error !== null && <ProblemNote error={error} note={waitNote(error)} />}
      <Button type="submit" loading={busy} size="md" fullWidth>
        Join {seen.organisation_name}
      </Button>
    </form>
  )
}
