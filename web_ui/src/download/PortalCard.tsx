/** The connection to the portal: one big button, then the form, then the code. */
import { Button } from '@mantine/core'
import { useAgent, useApis } from '../api/context'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { CodeForm } from './CodeForm'
import styles from './download.module.css'
import { LoginForm } from './LoginForm'
import { usePortalAccount, usePortalSession, useSessionAction } from './usePortal'

export function PortalCard() {
  const agent = useAgent()
  const { config } = useApis()
  const { data: session, error } = usePortalSession()
  const { data: account } = usePortalAccount()
  const start = useSessionAction(agent.startSession)
  const disconnect = useSessionAction<void>(() => agent.disconnect())
  const state = start.isPending ? 'connecting' : (session?.state ?? 'disconnected')
  const phoneUrl = account?.otp_hint_url || config.demo?.phone_url || null

  return (
    <section className={styles.card} aria-labelledby="portal-title">
      <header className={styles.cardHead}>
        <h2 id="portal-title">Job portal</h2>
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
      {(state === 'awaiting_otp' || state === 'verifying') && session && (
        <CodeForm
          session={session}
          phone={start.variables?.phone ?? account?.phone ?? ''}
          phoneUrl={phoneUrl}
        />
      )}
      {state !== 'connected' && state !== 'awaiting_otp' && state !== 'verifying' && (
        <>
          {session?.reason && !start.error && !start.isPending && <ReasonNote reason={session.reason} />}
          {start.error && <ProblemNote error={start.error} />}
          {account && (
            <LoginForm
              account={account}
              demo={config.demo?.portal ?? null}
              start={start}
              busy={state === 'connecting'}
            />
          )}
        </>
      )}
    </section>
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

function PortalState({ state }: { state: keyof typeof STATE_WORDS }) {
  return (
    <span className={styles.portalState} data-state={state} role="status">
      {STATE_WORDS[state]}
    </span>
  )
}
