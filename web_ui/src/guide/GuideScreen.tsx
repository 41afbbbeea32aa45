/** The guide: from a fresh computer to the first download, a step at a time. It can be left and continued. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { DoneIcon } from '../shell/icons'
import { ScrollRegion } from '../shell/ScrollRegion'
import { counted } from '../words/numbers'
import styles from './guide.module.css'
import { StepBody } from './StepBody'
import { firstOpen, isDone, type SetUp, STEPS, type StepName, stepAfter } from './steps'
import { TITLES } from './titles'
import { leaveGuide, lookedAtSending, useSetUp } from './useSetUp'

export function GuideScreen() {
  const setUp = useSetUp()
  return setUp && <Guide setUp={setUp} />
}

function Guide({ setUp }: { setUp: SetUp }) {
  const navigate = useNavigate()
  const [step, setStep] = useState<StepName>(() => firstOpen(setUp))
  const [moves, setMoves] = useState(0)
  const title = useRef<HTMLHeadingElement>(null)
  // Whoever goes on with a key is read the step that comes, and tabs on from there.
  useEffect(() => {
    if (moves > 0) title.current?.focus()
  }, [moves])
  const go = (next: StepName) => {
    setStep(next)
    setMoves(moves + 1)
  }
  const leave = () => {
    leaveGuide()
    void navigate({ to: '/download' })
  }
  const next = () => {
    if (step === 'sending') lookedAtSending()
    go(stepAfter(step, step === 'sending' ? { ...setUp, sendingWasLookedAt: true } : setUp))
  }
  const done = STEPS.filter((name) => isDone(name, setUp)).length
  const at = STEPS.indexOf(step)
  return (
    <div className={styles.screen}>
      <nav className={styles.steps} aria-label="Steps">
        <h1 className={styles.title}>Set up NjordHR</h1>
        <p className={styles.soft} role="status">
          {done === STEPS.length ? 'Everything is done' : `${done} of ${STEPS.length} steps done`}
        </p>
        <ol>
          {STEPS.map((name, index) => (
            <li key={name}>
              <button
                type="button"
                className={styles.step}
                aria-current={name === step ? 'step' : undefined}
                data-done={isDone(name, setUp)}
                onClick={() => go(name)}
              >
                <span className={styles.mark}>{isDone(name, setUp) ? <DoneIcon /> : index + 1}</span>
                <span>
                  {TITLES[name]}
                  <span className={styles.state}>{isDone(name, setUp) ? 'Done' : 'To do'}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
        <Button variant="subtle" onClick={leave}>
          Leave the guide
        </Button>
        <p className={styles.soft}>It waits in Settings, and remembers what is done.</p>
      </nav>
      <section className={styles.body} aria-labelledby="guide-step">
        <ScrollRegion label="This step" className={styles.scroll}>
          <p className={styles.soft}>
            Step {at + 1} of {STEPS.length}
          </p>
          <h2 id="guide-step" ref={title} tabIndex={-1} className={styles.stepTitle}>
            {TITLES[step]}
          </h2>
          <StepBody step={step} onStarted={leave} />
        </ScrollRegion>
        <footer className={styles.footer}>
          <Button
            variant="default"
            disabled={at === 0}
            onClick={() => go(STEPS[Math.max(0, at - 1)] ?? 'sign-in')}
          >
            Back
          </Button>
          {step === 'download' ? (
            <Button variant={setUp.downloads > 0 ? 'filled' : 'default'} onClick={leave}>
              {setUp.downloads > 0 ? 'Finish' : 'Finish without a download'}
            </Button>
          ) : (
            <Button variant={isDone(step, setUp) || step === 'sending' ? 'filled' : 'default'} onClick={next}>
              {isDone(step, setUp) || step === 'sending' ? 'Continue' : 'Skip for now'}
            </Button>
          )}
          <span className={styles.left}>
            {STEPS.length - done > 0 && `${counted(STEPS.length - done, 'step')} to do`}
          </span>
        </footer>
      </section>
    </div>
  )
}
