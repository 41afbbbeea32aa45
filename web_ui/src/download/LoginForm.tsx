/** User name, password and phone of the portal; what is known is filled in. */
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DemoHints } from '../api/config'
import type { PortalAccount, SessionStart } from '../generated/types'
import styles from './download.module.css'

interface Props {
  account: PortalAccount
  demo: DemoHints['portal']
  /** What was sent last is there to be mended, but for the password. */
  start: { mutate(start: SessionStart): void; variables?: SessionStart | undefined }
  busy: boolean
}

export function LoginForm({ account, demo, start, busy }: Props) {
  const [username, setUsername] = useState(start.variables?.username ?? account.username)
  const [password, setPassword] = useState('')
  const [phone, setPhone] = useState(start.variables?.phone ?? account.phone)
  const [remember, setRemember] = useState(start.variables?.remember ?? true)
  const passwordIsKept = account.password_is_kept && username.trim() === account.username

  const submit = (event: FormEvent) => {
    event.preventDefault()
    start.mutate({ username: username.trim(), password, phone: phone.trim(), remember })
  }
  const fillDemo = () => {
    if (demo === null) return
    setUsername(demo.username)
    setPassword(demo.password)
    setPhone(demo.phone)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.twoFields}>
        <TextInput
          label="User name"
          autoComplete="off"
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <TextInput
          label="Phone for the code"
          type="tel"
          autoComplete="off"
          required
          withAsterisk={false}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
      </div>
      <PasswordInput
        label="Portal password"
        autoComplete="off"
        required={!passwordIsKept}
        withAsterisk={false}
        placeholder={passwordIsKept ? 'Kept safely on this computer' : ''}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      />
      <div className={styles.spread}>
        <Checkbox
          label="Remember me here"
          size="xs"
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        {demo && (
          <Button variant="light" size="compact-sm" onClick={fillDemo}>
            Demo: fill in
          </Button>
        )}
      </div>
      <Button type="submit" size="md" fullWidth loading={busy}>
        Connect and send the code
      </Button>
    </form>
  )
}
