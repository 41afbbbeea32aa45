/** What is shown before and around the screens: nobody signed in, no agent, or the product. */
import { Button, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useApis } from '../api/context'
import { JobFeedProvider } from '../download/JobFeedProvider'
import { ExportsProvider } from '../exports/ExportsProvider'
import { HostedFeedProvider } from '../hosted/HostedFeedProvider'
import { SignInForm } from '../signin/SignInForm'
import { OpenAgainPage, SignInPage, StartPage } from '../signin/SignInPage'
import { Shell } from './Shell'
import { useSession } from './session'
import styles from './shell.module.css'

export function AppFrame() {
  const { agent } = useApis()
  const { signedIn, agentLost } = useSession()
  const [entered, setEntered] = useState(false)
  const [stayLocal, setStayLocal] = useState(false)
  const mayEnter =
    signedIn.kind === 'in' || (agent !== null && (stayLocal || signedIn.kind === 'unreachable'))
  useEffect(() => {
    if (mayEnter) setEntered(true)
    if (signedIn.kind === 'in') setStayLocal(false)
  }, [mayEnter, signedIn])

  if (!entered && !mayEnter) {
    if (agentLost) return <OpenAgainPage />
    if (signedIn.kind === 'unknown') return <StartPage />
    return <SignInPage onStayLocal={agent === null ? undefined : () => setStayLocal(true)} />
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
