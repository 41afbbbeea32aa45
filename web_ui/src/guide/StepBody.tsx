/** What there is to read and to do in each step of the guide. */

import { useQuery } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import { ChooseCard } from '../download/ChooseCard'
import { PairingCard } from '../download/PairingCard'
import { PortalCard } from '../download/PortalCard'
import { ReasonNote } from '../problem/ProblemNote'
import { SendingCard } from '../settings/SendingCard'
import { useHealth } from '../shell/health'
import { DoneIcon } from '../shell/icons'
import { useMe } from '../shell/session'
import { SignInForm } from '../signin/SignInForm'
import { FolderStep } from './FolderStep'
import styles from './guide.module.css'
import type { StepName } from './steps'

export function StepBody({ step, onStarted }: { step: StepName; onStarted(): void }) {
  switch (step) {
    case 'sign-in':
      return <SignInStep />
    case 'office':
      return <OfficeStep />
    case 'folder':
      return <FolderStep />
    case 'portal':
      return <PortalStep />
    case 'sending':
      return <SendingStep />
    case 'download':
      return (
        <>
          <p className={styles.lead}>
            Choose a rank and a ship type as the portal knows them, and start. You see for each person how it
            went, and can go on working meanwhile.
          </p>
          <ChooseCard onStarted={onStarted} />
        </>
      )
  }
}

/** What a step came to, in one line. */
export function DoneLine({ children }: { children: React.ReactNode }) {
  return (
    <p className={styles.done}>
      <DoneIcon /> <span>{children}</span>
    </p>
  )
}

function SignInStep() {
  const me = useMe()
  return (
    <>
      <p className={styles.lead}>
        With the e-mail address and password that your office gave you. Then you see what everybody in the
        office works on, and they see what you do.
      </p>
      {me === null ? (
        <div className={styles.card}>
          <SignInForm />
        </div>
      ) : (
        <DoneLine>
          Signed in as <strong>{me.full_name}</strong>, {me.organisation_name}.
        </DoneLine>
      )}
    </>
  )
}

function OfficeStep() {
  const { data: health } = useHealth()
  return (
    <>
      <p className={styles.lead}>
        Once connected, what this computer downloads appears for the whole office by itself, also when you are
        not signed in. It is one press, and can be taken back in Settings.
      </p>
      {health?.pairing.paired && (
        <DoneLine>
          Connected to <strong>{health.pairing.organisation_name}</strong>, by {health.pairing.user_email}.
        </DoneLine>
      )}
      <PairingCard />
    </>
  )
}

function PortalStep() {
  const agent = useAgent()
  const { data: health } = useHealth()
  const { data: status } = useQuery({
    queryKey: ['agent', 'status'],
    queryFn: agent.status,
    staleTime: 60_000,
  })
  return (
    <>
      <p className={styles.lead}>
        The user name, the password and the phone number that you use on the portal’s own page. The portal
        sends a code to that phone; you type it here.
      </p>
      {health?.secrets_are_kept === false ? (
        <ReasonNote reason="agent.keyring-missing" tone="warn" />
      ) : (
        <p className={styles.lead}>
          The password is kept in {status ? `this computer’s ${status.keyring}` : 'this computer’s keyring'},
          and nowhere else: not in a file, and not at the office.
        </p>
      )}
      {status?.browser.reason && <ReasonNote reason={status.browser.reason} tone="warn" />}
      <PortalCard />
    </>
  )
}

function SendingStep() {
  return (
    <>
      <p className={styles.lead}>
        Leave both on if you are not sure: that is right for nearly everybody. Nothing is lost when one is off
        or when there is no internet; what is to be sent waits on this computer.
      </p>
      <SendingCard />
    </>
  )
}
