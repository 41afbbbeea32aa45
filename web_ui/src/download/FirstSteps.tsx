/** Before the first download: what there is to do, and what is done already. */
import { useQuery } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import { useHealth } from '../shell/health'
import { DoneIcon } from '../shell/icons'
import styles from './download.module.css'
import { PairingCard } from './PairingCard'
import { usePortalSession } from './usePortal'

export function FirstSteps() {
  const agent = useAgent()
  const { data: health } = useHealth()
  const { data: settings } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const { data: session } = usePortalSession()
  const folder = settings?.download_folder ?? null
  const steps = [
    {
      done: health?.pairing.paired ?? false,
      title: 'Connect this computer to your office',
      words: 'Then resumes appear on the dashboard that everybody shares.',
      card: <PairingCard />,
    },
    {
      done: folder !== null && folder.reason === null,
      title: 'Choose a folder for the resumes',
      words: 'The PDFs land there, in a folder for each rank.',
    },
    {
      done: session?.state === 'connected',
      title: 'Connect to the job portal',
      words: 'With the portal’s password, and the code that comes by phone.',
    },
    {
      done: false,
      title: 'Choose rank and ship type, and start',
      words: 'You see here how it goes for each person.',
    },
  ]
  return (
    <section className={styles.steps} aria-labelledby="steps-title">
      <h2 id="steps-title" className={styles.stepsTitle}>
        Your first download
      </h2>
      <ol className={styles.stepList}>
        {steps.map(({ done, title, words, card }, index) => (
          <li key={title} className={styles.step} data-done={done}>
            <span className={styles.stepMark}>{done ? <DoneIcon /> : index + 1}</span>
            <div>
              <h3>
                {title}
                {done && <span className={styles.stepDone}> Done</span>}
              </h3>
              <p className={styles.soft}>{words}</p>
              {card}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
