/** A computer's login to the portal, from elsewhere: it keeps the password, the page sends the code sealed. */
import { Button } from '@mantine/core'
import { useId } from 'react'
import { useApis } from '../api/context'
import { CodeForm } from '../download/CodeForm'
import styles from '../download/download.module.css'
import { PortalState } from '../download/PortalCard'
import type { DevicePortal, DeviceView } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useAskFor, useComputers, useSendCode } from './useComputers'

export function HostedPortalCard({ computer }: { computer: DeviceView }) {
  const titleId = useId()
  const { config } = useApis()
  const { dataUpdatedAt } = useComputers()
  const { device_id: deviceId, portal } = computer
  const connect = useAskFor(deviceId, 'connect_portal')
  const resend = useAskFor(deviceId, 'resend_code')
  const leave = useAskFor(deviceId, 'disconnect_portal')
  const verify = useSendCode(deviceId, portal?.sealing_key ?? '')
  const state = shownState(portal, connect.isPending, verify.isPending)
  const hasCode = computer.is_online && (state === 'awaiting_otp' || state === 'verifying')
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.cardHead}>
        <h2 id={titleId}>Job portal</h2>
        <PortalState state={computer.is_online ? state : 'disconnected'} />
      </header>
      {!computer.is_online && <p className={styles.soft}>It logs in when it is on again.</p>}
      {computer.is_online && state === 'connected' && (
        <div className={styles.connected}>
          <span>Logged in on {computer.device_name}</span>
          <Button variant="subtle" size="compact-sm" loading={leave.isPending} onClick={() => leave.mutate()}>
            Disconnect
          </Button>
        </div>
      )}
      {leave.error && <ProblemNote error={leave.error} />}
      {hasCode && portal && (
        <CodeForm
          session={{
            state: state === 'verifying' ? 'verifying' : 'awaiting_otp',
            otp_expires_at: expiresAt(portal, dataUpdatedAt),
            reason: portal.reason,
          }}
          phone={portal.phone_ends && `the phone that ends in ${portal.phone_ends}`}
          phoneUrl={config.demo?.phone_url ?? null}
          verify={verify}
          resend={resend}
          leave={leave}
          leaveWord="Stop logging in"
        />
      )}
      {computer.is_online && portal && state !== 'connected' && !hasCode && (
        <Connect
          portal={portal}
          error={connect.error}
          busy={state === 'connecting'}
          onConnect={connect.mutate}
        />
      )}
    </section>
  )
}

interface ConnectProps {
  portal: DevicePortal
  error: Error | null
  busy: boolean
  onConnect(): void
}

function Connect({ portal, error, busy, onConnect }: ConnectProps) {
  if (!portal.login_is_kept) return <ReasonNote reason="login.not-kept" tone="warn" />
  return (
    <>
      {error ? (
        <ProblemNote error={error} />
      ) : (
        portal.reason && !busy && <ReasonNote reason={portal.reason} />
      )}
      <Button size="lg" fullWidth loading={busy} onClick={() => onConnect()}>
        Connect and send the code
      </Button>
      {portal.phone_ends && (
        <p className={styles.soft}>The code goes to the phone that ends in {portal.phone_ends}.</p>
      )}
    </>
  )
}

function shownState(portal: DevicePortal | null, connecting: boolean, verifying: boolean) {
  const state = portal?.state ?? 'disconnected'
  if (connecting && (state === 'disconnected' || state === 'ended')) return 'connecting'
  return verifying && state === 'awaiting_otp' ? 'verifying' : state
}

function expiresAt(portal: DevicePortal, saidAt: number): string | null {
  if (portal.otp_seconds_left === null) return null
  return new Date(saidAt + portal.otp_seconds_left * 1000).toISOString()
}
