/** "Connect this computer to <office>": makes the pairing code and uses it, in one click. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAgent, useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { Question } from '../shell/Question'
import { useMe } from '../shell/session'
import { useToasts } from '../undo/ToastShelf'
import { counted } from '../words/numbers'
import styles from './download.module.css'

export function PairingCard({ slim = false }: { slim?: boolean }) {
  const { cloud } = useApis()
  const agent = useAgent()
  const me = useMe()
  const { data: health } = useHealth()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [asking, setAsking] = useState(false)
  const connect = useMutation({
    mutationFn: async () => {
      const { pairing_code } = await cloud.pairingCode()
      return agent.pair({ pairing_code })
    },
    onSuccess: async (pairing) => {
      toasts.say(`This computer is connected to ${pairing.organisation_name}`)
      await queries.invalidateQueries()
    },
    onSettled: () => setAsking(false),
  })
  if (health === undefined) return null
  const held = health.outbox.waiting + health.outbox.parked + health.outbox.uploads_waiting
  if (health.pairing.paired) return <OtherOffice />
  const forgets = !health.secrets_are_kept
  return (
    <div className={slim ? styles.pairSlim : styles.pair}>
      {slim && <p>This computer is not connected to an office yet: what you download stays here.</p>}
      {forgets && <NoKeyring />}
      {me === null ? (
        <p className={styles.soft}>Sign in to your office first, from the menu at the top right.</p>
      ) : (
        <>
          <Button
            className={styles.pairButton}
            classNames={{ label: styles.pairLabel }}
            loading={connect.isPending}
            onClick={() => (held > 0 ? setAsking(true) : connect.mutate())}
          >
            Connect this computer to {me.organisation_name}
          </Button>
          <Question
            opened={asking}
            title={`Connect this computer to ${me.organisation_name}?`}
            yes={`Connect to ${me.organisation_name}`}
            no="Not now"
            busy={connect.isPending}
            onYes={() => connect.mutate()}
            onNo={() => setAsking(false)}
          >
            From earlier downloads on this computer,{' '}
            {counted(held, 'record or resume waits', 'records and resumes wait')} to be sent. What was
            downloaded before this computer belonged to an office goes to {me.organisation_name} now. What was
            made for another office stays here until this computer is connected to that one again.
          </Question>
        </>
      )}
      {connect.error && <ProblemNote error={connect.error} />}
    </div>
  )
}

/** Why a connection does not last here. It is the same computer to the office each time. */
export function NoKeyring() {
  return (
    <p className={styles.soft}>
      This computer has no keyring that is open, so NjordHR must not keep the connection: connect it again
      after each start.
    </p>
  )
}

/** The office of this computer when it is not the one of the person who is signed in. */
export function useForeignOffice(): { pairedTo: string; mine: string } | null {
  const me = useMe()
  const { data: health } = useHealth()
  const pairedTo = health?.pairing.paired ? health.pairing.organisation_name : ''
  if (me === null || pairedTo === '' || pairedTo === me.organisation_name) return null
  return { pairedTo, mine: me.organisation_name }
}

/** What is downloaded goes to the computer's office, so a person of another office is told before it does. */
function OtherOffice() {
  const foreign = useForeignOffice()
  if (foreign === null) return null
  const { pairedTo, mine } = foreign
  return (
    <div className={styles.pairSlim} role="alert">
      <p>
        This computer is connected to <strong>{pairedTo}</strong>, and you are of {mine}: what you download
        here goes to {pairedTo}. To change it, open <Link to="/settings">Settings</Link> and disconnect.
      </p>
    </div>
  )
}
