/** The one-time code: a focused field, how long it is good, and another one without typing anything again. */
import { Anchor, Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { SessionView } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { countdownText } from '../words/numbers'
import { useSecondsLeft } from './countdown'
import styles from './download.module.css'

interface Act<T> {
  mutate(input: T, options?: { onSuccess?: () => void }): void
  isPending: boolean
  error: Error | null
  reset(): void
}

interface Props {
  session: Pick<SessionView, 'state' | 'otp_expires_at' | 'reason'>
  /** Where the code was sent: `sent to …`. */
  phone: string
  phoneUrl: string | null
  verify: Act<string>
  resend: Act<void>
  leave: Act<void>
  leaveWord: string
}

export function CodeForm({ session, phone, phoneUrl, verify, resend, leave, leaveWord }: Props) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const left = useSecondsLeft(session.otp_expires_at)
  const verifying = verify.isPending || session.state === 'verifying'
  const refused = session.reason ?? null
  const expired = left !== null && left <= 0

  // A refused code stays, selected, so that the next one replaces it.
  useEffect(() => {
    if (refused !== null || verify.error) field.current?.select()
    else field.current?.focus()
  }, [refused, verify.error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate(code.trim())
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        ref={field}
        label={`One-time code, sent to ${phone || 'your phone'}`}
        classNames={{ input: styles.codeInput }}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        required
        withAsterisk={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {left !== null && !(expired && refused) && (
        <p className={styles.countdown} data-low={left <= 20}>
          {left > 0 ? `Good for ${countdownText(left)} more` : 'The code’s time has run out. Send a new one.'}
        </p>
      )}
      {verify.error ? (
        <ProblemNote error={verify.error} />
      ) : (
        refused && !verifying && <ReasonNote reason={refused} />
      )}
      {resend.error && <ProblemNote error={resend.error} />}
      <Button type="submit" size="md" fullWidth loading={verifying} variant={expired ? 'default' : 'filled'}>
        Log in
      </Button>
      <div className={styles.spread}>
        <Button
          variant={expired ? 'filled' : 'default'}
          size="compact-sm"
          loading={resend.isPending}
          onClick={() => {
            setCode('')
            verify.reset()
            resend.mutate(undefined, { onSuccess: () => field.current?.focus() })
          }}
        >
          Send a new code
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => leave.mutate()}>
          {leaveWord}
        </Button>
      </div>
      {phoneUrl && (
        <p className={styles.demoHint}>
          <span className={styles.demoMark}>Demo</span> The code is on{' '}
          <Anchor href={phoneUrl} target="_blank" rel="noopener noreferrer" inherit underline="always">
            the demo’s phone
          </Anchor>
        </p>
      )}
    </form>
  )
}
