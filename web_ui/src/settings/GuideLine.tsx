/** The way back to the guide, with how far it is. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { isDone, STEPS } from '../guide/steps'
import { useSetUp } from '../guide/useSetUp'
import { counted } from '../words/numbers'
import styles from './settings.module.css'

export function GuideLine() {
  const navigate = useNavigate()
  const setUp = useSetUp()
  const open = setUp === null ? 0 : STEPS.filter((step) => !isDone(step, setUp)).length
  return (
    <span className={styles.guideLine}>
      {open > 0 && <span className={styles.soft}>{counted(open, 'step')} of the set-up to do</span>}
      <Button
        variant={open > 0 ? 'filled' : 'default'}
        size="compact-md"
        onClick={() => void navigate({ to: '/guide' })}
      >
        Open the guide
      </Button>
    </span>
  )
}
