/** People of the office: whom there is, with which role, and who is invited. For admins. */
import { Link } from '@tanstack/react-router'
import { ProblemNote } from '../problem/ProblemNote'
import { useMe } from '../shell/session'
import { counted } from '../words/numbers'
import { InviteCard } from './InviteCard'
import { MemberRow } from './MemberRow'
import styles from './people.module.css'
import { usePeople } from './usePeople'

/** Whether this person may see the screen. */
export function useMaySeePeople(): boolean {
  return useMe()?.actions.includes('members.read') ?? false
}

export function PeopleScreen() {
  const me = useMe()
  const may = useMaySeePeople()
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>People of {me?.organisation_name ?? 'the office'}</h1>
        <Link to="/settings" className={styles.back}>
          Settings
        </Link>
      </header>
      {may ? <Office /> : <p>Your role does not include this. Ask an admin of your office.</p>}
    </div>
  )
}

function Office() {
  const me = useMe()
  const { members, invitations } = usePeople()
  const everybody = members.data?.members ?? []
  const active = everybody.filter((member) => member.active)
  const off = everybody.filter((member) => !member.active)
  return (
    <div className={styles.grid}>
      <section className={styles.card} aria-labelledby="members-title">
        <h2 id="members-title">
          People
          {members.data && (
            <span className={styles.soft}> · {counted(active.length, 'person', 'people')} can sign in</span>
          )}
        </h2>
        {members.error && <ProblemNote error={members.error} background />}
        <ul className={styles.list} aria-label="People">
          {active.map((member) => (
            <MemberRow key={member.user_id} member={member} isMe={member.user_id === me?.user_id} />
          ))}
        </ul>
        {off.length > 0 && (
          <>
            <h3 className={styles.subtitle}>Switched off</h3>
            <ul className={styles.list} aria-label="People who are switched off">
              {off.map((member) => (
                <MemberRow key={member.user_id} member={member} isMe={false} />
              ))}
            </ul>
          </>
        )}
      </section>
      <InviteCard invitations={invitations.data?.invitations ?? []} error={invitations.error} />
    </div>
  )
}
