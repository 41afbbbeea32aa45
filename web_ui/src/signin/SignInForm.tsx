/** E-mail address and password, and in the demo the accounts that can be tried. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DemoAccount } from '../api/config'
import { useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { waitNote } from '../problem/waitNote'
import { useSession } from '../shell/session'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import styles from './signin.module.css'

export function SignInForm() {
  const { config } = useApis()
  const { signIn } = useSession()
  const first = useFocusWhenShown<HTMLInputElement>()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    signIn(email.trim(), password)
      .catch(setError)
      .finally(() => setBusy(false))
  }

  const fill = (account: DemoAccount) => {
    setEmail(account.email)
    setPassword(account.password)
    setError(null)
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="E-mail address"
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        ref={first}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      />
      {error !== null && <ProblemNote error={error} note={waitNote(error)} />}
      <Button type="submit" loading={busy} size="md" fullWidth>
        Sign in
      </Button>
      {config.demo && config.demo.accounts.length > 0 && (
        <DemoAccounts accounts={config.demo.accounts} onFill={fill} />
      )}
    </form>
  )
}

function DemoAccounts({ accounts, onFill }: { accounts: DemoAccount[]; onFill(account: DemoAccount): void }) {
  return (
    <section className={styles.demo} aria-label="Demo accounts">
      <p className={styles.demoTitle}>
        <span className={styles.demoMark}>Demo</span> Invented people. Choose one, then press Sign in.
      </p>
      <ul className={styles.accounts}>
        {accounts.map((account) => (
          <li key={account.email}>
            <button type="button" className={styles.account} onClick={() => onFill(account)}>
              <span className={styles.accountName}>{account.full_name}</span>
              <span className={styles.accountRole}>{account.role}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
