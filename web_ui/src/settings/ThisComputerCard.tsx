/** How the agent of this computer is, to which office it belongs, and where resumes go. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useAgent, useApis } from '../api/context'
import { FolderLine } from '../download/FolderLine'
import { PairingCard } from '../download/PairingCard'
import type { Health } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { Question } from '../shell/Question'
import { useMe } from '../shell/session'
import { agoText, momentText } from '../words/dates'
import { counted } from '../words/numbers'
import { BrowserPair } from './BrowserPair'
import { Pair } from './Pair'
import styles from './settings.module.css'
import { useSettings } from './useSettings'
import { useStatus } from './useStatus'

export function ThisComputerCard() {
  const { data: health, error } = useHealth()
  const { settings } = useSettings()
  const { data: status } = useStatus()
  return (
    <section className={styles.card} aria-labelledby="computer-title">
      <h2 id="computer-title">This computer</h2>
      {error && <ProblemNote error={error} background />}
      {health && (
        <dl className={styles.pairs}>
          <Pair name="NjordHR" tone={error ? 'bad' : 'good'}>
            {error ? 'Does not answer' : 'Running'}, version {health.agent_version}
            {status && ` on ${status.system}`}
          </Pair>
          <ComputerName deviceId={health.pairing.device_id ?? null} />
          <Pair name="Office" tone={health.pairing.paired ? 'good' : 'warn'}>
            {health.pairing.paired
              ? `${health.pairing.organisation_name}, connected by ${health.pairing.user_email}`
              : 'Not connected'}
          </Pair>
          <Pair name="Office’s server" tone={CLOUD_TONES[health.cloud] ?? 'plain'}>
            {CLOUD_WORDS[health.cloud] ?? health.cloud}
            {status && `. ${contactText(status.last_cloud_contact_at ?? null, Date.now())}`}
          </Pair>
          {health.last_sync_at && <Pair name="Last sent">{momentText(health.last_sync_at)}</Pair>}
          <Pair name="Waits to be sent" tone={health.outbox.parked > 0 ? 'bad' : 'plain'}>
            {waitingText(health.outbox)}
          </Pair>
          <BrowserPair browser={status?.browser} />
          <Pair name="Passwords" tone={health.secrets_are_kept ? 'good' : 'warn'}>
            {health.secrets_are_kept
              ? `Kept in ${status?.keyring ?? 'the keyring'}`
              : 'Not kept: this computer has no keyring that is open. You sign in and connect it again after each start.'}
          </Pair>
          {settings?.api_base_url && <Pair name="Server address">{settings.api_base_url}</Pair>}
        </dl>
      )}
      {health?.records_reason && <ReasonNote reason={health.records_reason} tone="warn" />}
      {health?.cloud_reason && <ReasonNote reason={health.cloud_reason} tone="warn" />}
      {settings && <FolderLine folder={settings.download_folder} />}
      <PairingCard />
      {health?.pairing.paired && <DisconnectButton office={health.pairing.organisation_name} />}
    </section>
  )
}

const CLOUD_WORDS: Record<string, string> = {
  reachable: 'Reachable',
  unreachable: 'Cannot be reached now',
  unknown: 'Not asked yet',
  off: 'Sending is switched off',
}

const CLOUD_TONES: Record<string, 'good' | 'warn'> = { reachable: 'good', unreachable: 'warn', off: 'warn' }

/** When the office answered last. */
export function contactText(at: string | null, now: number): string {
  return at === null ? 'No answer since NjordHR was started' : `Last answer ${agoText(at, now)}`
}

function waitingText({ waiting, uploads_waiting, parked }: Health['outbox']): string {
  if (waiting + uploads_waiting + parked === 0) return 'Nothing'
  const parts = [
    waiting > 0 ? counted(waiting, 'record') : '',
    uploads_waiting > 0 ? counted(uploads_waiting, 'resume') : '',
    parked > 0 ? `${parked} not taken, see right` : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** The name that this computer has with the office. */
function ComputerName({ deviceId }: { deviceId: string | null }) {
  const { cloud } = useApis()
  const me = useMe()
  const { data } = useQuery({
    queryKey: ['devices'],
    queryFn: cloud.devices,
    enabled: me !== null && deviceId !== null,
  })
  const name = data?.devices.find((device) => device.device_id === deviceId)?.device_name
  return name ? <Pair name="Name">{name}</Pair> : null
}

function DisconnectButton({ office }: { office: string }): ReactNode {
  const agent = useAgent()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const unpair = useMutation({
    mutationFn: agent.unpair,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agent'] }),
    onSettled: () => setAsking(false),
  })
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        Disconnect from {office}
      </Button>
      {unpair.error && <ProblemNote error={unpair.error} />}
      <Question
        takesAway
        opened={asking}
        title={`Disconnect this computer from ${office}?`}
        yes="Disconnect"
        no="Stay connected"
        busy={unpair.isPending}
        onYes={() => unpair.mutate()}
        onNo={() => setAsking(false)}
      >
        Resumes and what waits to be sent stay on this computer. Nothing more is sent until it is connected
        again.
      </Question>
    </div>
  )
}
