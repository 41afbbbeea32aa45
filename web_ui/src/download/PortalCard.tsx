/** The connection to the portal: one big button, or the form at first, then the code. */
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { useAgent, useApis } from '../api/context'
import type { SessionStart } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { CodeForm } from './CodeForm'
import styles from './download.module.css'
import { LoginForm } from './LoginForm'
import { usePortalLogin, usePortalSession, useSessionAction } from './usePortal'

export function PortalCard() {
  const titleId = useId()
  const agent = useAgent()
  const { config } = useApis()
  const { error } = usePortalSession()
  const { session, account, keptLogin, start } = usePortalLogin()
  const [other, setOther] = useState(false)
  const verify = useSessionAction(agent.verifyOtp)
  const resend = useSessionAction<void>(() => agent.resendOtp())
  const disconnect = useSessionAction<void>(() => agent.disconnect())
  const state = start.isPending ? 'connecting' : (session?.state ?? 'disconnected')
  const phoneUrl = account?.otp_hint_url || config.demo?.phone_url || null
  const hasCode = state === 'awaiting_otp' || state === 'verifying'

  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.cardHead}>
        <h2 id={titleId}>Job portal</h2>
        <PortalState state={state} />
      </header>
      {error && <ProblemNote error={error} background />}
      {state === 'connected' && (
        <div className={styles.connected}>
          <span>
            Logged in as <strong>{account?.username}</strong>
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={disconnect.isPending}
            onClick={() => disconnect.mutate()}
          >
            Disconnect
          </Button>
        </div>
      )}
      {disconnect.error && <ProblemNote error={disconnect.error} />}
      {hasCode && session && (
        <CodeForm
          session={session}
          phone={start.variables?.phone ?? account?.phone ?? ''}
          phoneUrl={phoneUrl}
          verify={verify}
          resend={resend}
          leave={disconnect}
          leaveWord="Use another login"
        />
      )}
      {state !== 'connected' && !hasCode && (
        <>
          {session?.reason && !start.error && !start.isPending && <ReasonNote reason={session.reason} />}
          {start.error && <ProblemNote error={start.error} />}
          {account &&
            (keptLogin && !other ? (
              <KeptLogin
                login={keptLogin}
                busy={state === 'connecting'}
                onStart={() => start.mutate(keptLogin)}
                onOther={() => setOther(true)}
              />
            ) : (
              <LoginForm
                account={account}
                demo={config.demo?.portal ?? null}
                start={start}
                busy={state === 'connecting'}
              />
            ))}
        </>
      )}
    </section>
  )
}

interface KeptProps {
  login: SessionStart
  busy: boolean
  onStart(): void
  onOther(): void
}

/** Who logs in is known: one button, and then the code. */
function KeptLogin({ login, busy, onStart, onOther }: KeptProps) {
  return (
    <div className={styles.form}>
      <Button size="lg" fullWidth loading={busy} onClick={onStart}>
        Connect and send the code
      </Button>
      <div className={styles.spread}>
        <span className={styles.soft}>
          {login.username}, code to {login.phone}
        </span>
        <Button variant="subtle" size="compact-sm" onClick={onOther}>
          Use another login
        </Button>
      </div>
    </div>
  )
}

const STATE_WORDS = {
  disconnected: 'Not connected',
  connecting: 'Connecting…',
  awaiting_otp: 'Waiting for the code',
  verifying: 'Checking the code…',
  connected: 'Connected',
  ended: 'Connection ended',
} as const

export function PortalState({ state }: { state: keyof typeof STATE_WORDS }) {
  return (
    <span className={styles.portalState} data-state={state} role="status">
      {STATE_WORDS[state]}
    </span>
  )
}
