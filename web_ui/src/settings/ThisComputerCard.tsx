/** How the agent of this computer is, to which office it belongs, and where resumes go. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAgent } from '../api/context'
import { FolderLine } from '../download/FolderLine'
import { PairingCard } from '../download/PairingCard'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { Question } from '../shell/Question'
import { momentText } from '../words/dates'
import styles from './settings.module.css'

export function ThisComputerCard() {
  const agent = useAgent()
  const { data: health, error } = useHealth()
  const { data: settings } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  return (
    <section className={styles.card} aria-labelledby="computer-title">
      <h2 id="computer-title">This computer</h2>
      {error && <ProblemNote error={error} background />}
      {health && (
        <dl className={styles.pairs}>
          <Pair name="NjordHR">
            {error ? 'Does not answer' : 'Running'}, version {health.agent_version}
          </Pair>
          <Pair name="Office">
            {health.pairing.paired
              ? `${health.pairing.organisation_name}, connected by ${health.pairing.user_email}`
              : 'Not connected'}
          </Pair>
          <Pair name="Office’s server">{CLOUD_WORDS[health.cloud] ?? health.cloud}</Pair>
          {health.last_sync_at && <Pair name="Last sent">{momentText(health.last_sync_at)}</Pair>}
          {settings?.api_base_url && <Pair name="Server address">{settings.api_base_url}</Pair>}
        </dl>
      )}
      {health?.cloud_reason && <ReasonNote reason={health.cloud_reason} tone="warn" />}
      {health && !health.secrets_are_kept && <ReasonNote reason="agent.keyring-missing" tone="warn" />}
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

function Pair({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.pair}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function DisconnectButton({ office }: { office: string }) {
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
