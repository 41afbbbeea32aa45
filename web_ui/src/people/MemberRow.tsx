/** One person: their role, and switching them off or on again. */
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { MemberView, Role } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { Question } from '../shell/Question'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'
import styles from './people.module.css'
import { ROLES, roleWord } from './roles'
import { nameOf, useMemberChanges } from './usePeople'

interface Props {
  member: MemberView
  isMe: boolean
}

export function MemberRow({ member, isMe }: Props) {
  const { role, active } = useMemberChanges(member)
  const error = role.error ?? active.error
  return (
    <li className={styles.row} data-off={!member.active}>
      <div className={styles.words}>
        <p className={styles.name}>
          {nameOf(member)}
          {isMe && <span className={styles.soft}> (you)</span>}
        </p>
        <p className={styles.small}>
          {member.email} · {computersText(member, Date.now())}
        </p>
        {error && <ProblemNote error={error} />}
      </div>
      {isMe ? (
        <p className={styles.own}>
          {roleWord(member.role)} <span className={styles.small}>· only another admin changes yours</span>
        </p>
      ) : (
        <Controls
          member={member}
          busy={role.isPending || active.isPending}
          shownRole={role.isPending ? (role.variables ?? member.role) : member.role}
          onRole={(wanted) => role.mutate(wanted)}
          onActive={(on) => active.mutate(on)}
        />
      )}
    </li>
  )
}

interface ControlsProps {
  member: MemberView
  busy: boolean
  shownRole: Role
  onRole(role: Role): void
  onActive(on: boolean): void
}

function Controls({ member, busy, shownRole, onRole, onActive }: ControlsProps) {
  const [asking, setAsking] = useState(false)
  const name = nameOf(member)
  return (
    <div className={styles.controls}>
      {member.active ? (
        <>
          <Select
            aria-label={`Role of ${name}`}
            size="xs"
            className={styles.role}
            data={ROLES}
            allowDeselect={false}
            disabled={busy}
            value={shownRole}
            onChange={(value) => value && value !== member.role && onRole(value as Role)}
          />
          <Button
            variant="default"
            size="xs"
            className={styles.switch}
            aria-label={`Switch off ${name}`}
            onClick={() => setAsking(true)}
          >
            Switch off…
          </Button>
        </>
      ) : (
        <>
          <span className={styles.own}>{roleWord(member.role)}</span>
          <Button
            variant="default"
            size="xs"
            className={styles.switch}
            aria-label={`Switch on ${name} again`}
            loading={busy}
            onClick={() => onActive(true)}
          >
            Switch on again
          </Button>
        </>
      )}
      <Question
        takesAway
        opened={asking}
        title={`Switch off ${name}?`}
        yes="Switch off"
        no="Leave as it is"
        busy={busy}
        onYes={() => {
          setAsking(false)
          onActive(false)
        }}
        onNo={() => setAsking(false)}
      >
        {name} is signed out everywhere at once
        {member.computers > 0 &&
          `, and ${counted(member.computers, 'computer')} of theirs can send nothing more`}
        . What they did stays, and what waits on their computers is kept. You can switch them on again at any
        time.
      </Question>
    </div>
  )
}

/** The computers of somebody, and when the office heard of one last. */
export function computersText({ computers, last_seen_at }: MemberView, now: number): string {
  if (computers === 0) return 'no computer connected'
  const seen = last_seen_at ? `, seen ${agoText(last_seen_at, now)}` : ''
  return counted(computers, 'computer') + seen
}
