/** When the new version starts: now, by night, or whenever NjordHR is started next. */
import { Button } from '@mantine/core'
import type { UpdateView } from '../generated/types'
import { Question } from '../shell/Question'
import styles from './updates.module.css'
import type { useUpdateActions } from './useUpdate'

interface Props {
  update: UpdateView
  actions: ReturnType<typeof useUpdateActions>
  size: 'sm' | 'compact-sm'
}

export function RestartButtons({ update, actions, size }: Props) {
  return (
    <span className={styles.buttons}>
      <Button
        size={size}
        loading={actions.isRestarting || update.restart === 'now'}
        onClick={() => actions.restart('now')}
      >
        Restart now
      </Button>
      {update.restart === 'tonight' ? (
        <Button variant="default" size={size} onClick={() => actions.restart('at_next_start')}>
          Not tonight
        </Button>
      ) : (
        <Button variant="default" size={size} onClick={() => actions.restart('tonight')}>
          Restart tonight
        </Button>
      )}
      <Question
        opened={actions.asksFirst}
        title="Restart though a download runs?"
        yes="Restart all the same"
        no="Wait"
        busy={actions.isRestarting}
        onYes={actions.restartAnyway}
        onNo={actions.leaveIt}
      >
        Who is stored already stays. The download goes on after the restart, when you have connected to the
        job portal again.
      </Question>
    </span>
  )
}
