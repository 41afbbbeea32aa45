/** The pages before the product: sign in, and "Open NjordHR again". */
import { Button } from '@mantine/core'
import { useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { Brand } from '../shell/Brand'
import { useSession } from '../shell/session'
import { SignInForm } from './SignInForm'
import styles from './signin.module.css'

interface Props {
  onStayLocal?: () => void
  onJoin(): void
}

export function SignInPage({ onStayLocal, onJoin }: Props) {
  const { signedIn } = useSession()
  return (
    <FrontPage
      title="Sign in to your office"
      lead="Find crews, keep their resumes, follow each person to the handoff."
    >
      {signedIn.kind === 'unreachable' && <ProblemNote error={signedIn.error} background />}
      <SignInForm />
      <p className={styles.local}>
        <Button variant="subtle" size="compact-sm" onClick={onJoin}>
          I have an invitation
        </Button>
      </p>
      {onStayLocal && (
        <p className={styles.local}>
          <Button variant="subtle" size="compact-sm" onClick={onStayLocal}>
            Go on without signing in
          </Button>
          <span>Downloads then stay on this computer.</span>
        </p>
      )}
    </FrontPage>
  )
}

export function OpenAgainPage() {
  const { config } = useApis()
  return (
    <FrontPage
      title="Open NjordHR again"
      lead="This page is not connected to NjordHR on this computer any more. Nothing was lost."
    >
      <ol className={styles.steps}>
        <li>Close this page.</li>
        <li>Open NjordHR from its icon or with its start command. It opens this page anew.</li>
      </ol>
      <p className={styles.why}>
        The address works once and for one page, so that no other program or web page can use it.
        {config.demo && ' With the demo, the terminal that started it shows a new address.'}
      </p>
    </FrontPage>
  )
}

export function StartPage({ error }: { error?: unknown }) {
  return (
    <FrontPage title="NjordHR" lead={error ? 'This page could not start.' : 'One moment…'}>
      {error !== undefined && <ProblemNote error={error} onRetry={() => window.location.reload()} />}
    </FrontPage>
  )
}

export function FrontPage({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children?: React.ReactNode
}) {
  return (
    <main className={styles.front}>
      <div className={styles.banner}>
        <Brand size={40} />
        <span className={styles.name}>NjordHR</span>
      </div>
      <section className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </section>
    </main>
  )
}
