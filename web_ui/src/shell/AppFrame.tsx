/** What is shown before and around the screens: nobody signed in, no agent, or the product. */
import { Button, Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useApis } from '../api/context'
import { JobFeedProvider } from '../download/JobFeedProvider'
import { ExportsProvider } from '../exports/ExportsProvider'
import { HostedFeedProvider } from '../hosted/HostedFeedProvider'
import { JoinPage } from '../join/JoinPage'
import { SignInForm } from '../signin/SignInForm'
import { OpenAgainPage, SignInPage, StartPage } from '../signin/SignInPage'
import { Question } from './Question'
import { Shell } from './Shell'
import { useMe, useSession } from './session'
import styles from './shell.module.css'

export function AppFrame() {
  const { agent, invitation } = useApis()
  const { signedIn, agentLost } = useSession()
  const [entered, setEntered] = useState(false)
  const [stayLocal, setStayLocal] = useState(false)
  // The token of the address, or empty once somebody says that they have one; null when nobody joins.
  const [joining, setJoining] = useState<string | null>(invitation || null)
  const used = useRef(false)
  const mayEnter =
    signedIn.kind === 'in' || (agent !== null && (stayLocal || signedIn.kind === 'unreachable'))
  useEffect(() => {
    if (mayEnter) setEntered(true)
    if (signedIn.kind === 'in') {
      setStayLocal(false)
      if (used.current) setJoining(null)
      else setJoining((token) => (token === '' ? null : token))
    }
  }, [mayEnter, signedIn])

  if (!entered && !mayEnter) {
    if (agentLost) return <OpenAgainPage />
    if (signedIn.kind === 'unknown') return <StartPage />
    if (joining !== null) {
      const use = () => {
        used.current = true
      }
      return <JoinPage token={joining} onUse={use} onLeave={() => setJoining(null)} />
    }
    return (
      <SignInPage
        onStayLocal={agent === null ? undefined : () => setStayLocal(true)}
        onJoin={() => setJoining('')}
      />
    )
  }
  const shell = (
    <>
      <ExportsProvider>
        <Shell onSignIn={() => setStayLocal(false)} />
      </ExportsProvider>
      <SignInAgain
        opened={signedIn.kind === 'out' && !stayLocal && !agentLost}
        onStayLocal={agent === null ? undefined : () => setStayLocal(true)}
      />
      <OpenAgain opened={agentLost} />
      <JoinedAlready
        opened={joining !== null && !used.current && signedIn.kind === 'in'}
        onClose={() => setJoining(null)}
      />
    </>
  )
  return agent === null ? (
    <HostedFeedProvider>{shell}</HostedFeedProvider>
  ) : (
    <JobFeedProvider>{shell}</JobFeedProvider>
  )
}

/** Over the screens, so that what was typed in them is still there afterwards. */
function SignInAgain({ opened, onStayLocal }: { opened: boolean; onStayLocal?: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Sign in to your office"
    >
      <p className={styles.soft}>Nobody is signed in, or the sign-in has run out. What you typed is kept.</p>
      <SignInForm />
      {onStayLocal && (
        <Button variant="subtle" fullWidth mt={8} onClick={onStayLocal}>
          Go on without signing in
        </Button>
      )}
    </Modal>
  )
}

/** A link was opened in a page where somebody is signed in already. */
function JoinedAlready({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const me = useMe()
  const { signOut } = useSession()
  return (
    <Question
      opened={opened && me !== null}
      title="You are signed in already"
      yes="Sign out"
      no={`Go on as ${me?.full_name ?? ''}`}
      onYes={() => void signOut()}
      onNo={onClose}
    >
      This link is an invitation to join an office. To use it for another account, sign out and open the link
      again.
    </Question>
  )
}

function OpenAgain({ opened }: { opened: boolean }) {
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Open NjordHR again"
    >
      <p>
        This page is not connected to NjordHR on this computer any more. Close it and open NjordHR from its
        icon or with its start command. Downloads and notes that you began are kept.
      </p>
    </Modal>
  )
}
