/** Whom a rule would delete if it were followed now. */
import type { Preview } from '../generated/types'
import { useFocusWhenShown } from '../shell/useFocusWhenShown'
import { dayText, todayIso } from '../words/dates'
import { counted } from '../words/numbers'
import styles from './governance.module.css'
import { keptWords } from './rule'

const FIRST = 8

export function PreviewNote({ preview, active }: { preview: Preview; active: boolean }) {
  const { people, held, by_rank, first } = preview
  const note = useFocusWhenShown<HTMLDivElement>()
  return (
    <div
      className={styles.preview}
      role="status"
      tabIndex={-1}
      ref={note}
      data-tone={people > 0 && active ? 'warn' : 'calm'}
    >
      <p className={styles.sentence}>
        {people === 0
          ? 'Today it would delete nobody.'
          : `Today it would delete ${counted(people, 'person', 'people')}.`}
        {held > 0 && ` ${counted(held, 'more is', 'more are')} kept by a legal hold.`}
      </p>
      {people > 0 && (
        <>
          <p>{by_rank.map((rank) => `${rank.name || 'No rank'}: ${rank.people}`).join(' · ')}</p>
          <ul className={styles.first}>
            {first.slice(0, FIRST).map((person) => (
              <li key={person.candidate_id}>
                {person.name || 'Without a name'}, {person.rank_applied_for}, {keptWords(person.status)}, last
                active {dayText(todayIso(Date.parse(person.touched_at)))}
              </li>
            ))}
            {people > FIRST && <li>and {people - FIRST} more</li>}
          </ul>
        </>
      )}
      {!active && <p>The rule is off: it deletes nobody until you turn it on.</p>}
    </div>
  )
}
