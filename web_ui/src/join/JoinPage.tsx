/** Joining an office by invitation: what it is for, one's name and a password. */
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import { mayWorkLater, waitNote } from '../problem/waitNote'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import { FrontPage } from '../signin/SignInPage'
import styles from '../signin/signin.module.css'
import { tokenOf } from './invitation'
import { JoinForm } from './JoinForm'

interface Props {
  /** From the address; empty when somebody pressed "I have an invitation". */
  token: string
  /** The invitation is about to be used. */
  onUse(): void
  onLeave(): void
}

export function JoinPage({ token: given, onUse, onLeave }: Props) {
  const [token, setToken] = useState(given)
  return token === '' ? (
    <FrontPage
      title="Join your office"
      lead="Paste the link or the code that an admin of the office sent you."
    >
      <PasteForm onToken={setToken} />
      <Leave onLeave={onLeave} />
    </FrontPage>
  ) : (
    <Invited token={token} onUse={onUse} onOther={() => setToken('')} onLeave={onLeave} />
  )
}

interface InvitedProps extends Props {
  onOther(): void
}

function Invited({ token, onUse, onOther, onLeave }: InvitedProps) {
  const { cloud } = useApis()
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => cloud.invitation(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) {
    return (
      <FrontPage title="Join your office" lead="This invitation cannot be used.">
        <ProblemNote
          error={error}
          note={waitNote(error)}
          onRetry={mayWorkLater(error) ? () => void refetch() : undefined}
        />
        <p className={styles.local}>
          <Button variant="subtle" size="compact-sm" onClick={onOther}>
            Paste another one
          </Button>
        </p>
        <Leave onLeave={onLeave} />
      </FrontPage>
    )
  }
  if (data === undefined) return <FrontPage title="Join your office" lead="One moment…" />
  const by = data.invited_by ? `${data.invited_by} invites you` : 'You are invited'
  return (
    <FrontPage
      title={`Join ${data.organisation_name}`}
      lead={`${by} as ${data.role === 'admin' ? 'an admin' : `a ${data.role}`}.`}
    >
      <JoinForm token={token} seen={data} onUse={onUse} />
      <Leave onLeave={onLeave} />
    </FrontPage>
  )
}

function PasteForm({ onToken }: { onToken(token: string): void }) {
  const first = useFocusWhenShown<HTMLTextAreaElement>()
  const [pasted, setPasted] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const token = tokenOf(pasted)
    setWrong(token === '')
    if (token !== '') onToken(token)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label="Link or code"
        rows={3}
        required
        withAsterisk={false}
        ref={first}
        value={pasted}
        error={wrong ? 'There is no invitation in this. It holds a code that begins with nji_.' : undefined}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth>
        Go on
      </Button>
    </form>
  )
}

function Leave({ onLeave }: { onLeave(): void }) {
  return (
    <p className={styles.local}>
      <Button variant="subtle" size="compact-sm" onClick={onLeave}>
        I have an account: sign in
      </Button>
    </p>
  )
}
