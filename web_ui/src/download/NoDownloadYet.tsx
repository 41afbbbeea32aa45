/** Before the first download: what is still to do, and the guide that leads through it. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { isDone, STEPS } from '../guide/steps'
import { TITLES } from '../guide/titles'
import { useSetUp } from '../guide/useSetUp'
import styles from './download.module.css'
import { PairingCard } from './PairingCard'

export function NoDownloadYet() {
  const setUp = useSetUp()
  const navigate = useNavigate()
  if (setUp === null) return null
  const open = STEPS.filter((step) => !isDone(step, setUp))
  return (
    <>
      <PairingCard slim />
      <section className={styles.first} aria-labelledby="first-title">
        <h2 id="first-title" className={styles.stepsTitle}>
          Your first download
        </h2>
        <p>Here you see, for each person, how the download went. To get there:</p>
        <ul className={styles.openSteps}>
          {open.map((step) => (
            <li key={step}>{TITLES[step]}</li>
          ))}
        </ul>
        <Button onClick={() => void navigate({ to: '/guide' })}>Go on with the guide</Button>
      </section>
    </>
  )
}
