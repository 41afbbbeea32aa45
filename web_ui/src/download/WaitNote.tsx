/** Why a download waits, what that means, and what to do now. */
import { Button } from '@mantine/core'
import { reasonWords } from '../api/problem'
import { AlertIcon } from '../shell/icons'
import styles from './download.module.css'
import { doneCount, type JobState, waitText } from './jobFeed'
import { usePortalLogin } from './usePortal'

export function WaitNote({ state: { job, queued } }: { state: JobState }) {
  const { session, keptLogin, start } = usePortalLogin()
  if (job.status !== 'queued' || queued === null || queued.waits_for === 'turn') return null
  const words = job.reason && reasonWords(job.reason)
  const paused = job.reason === 'job.paused'
  return (
    <div className={styles.waitNote} data-tone={paused ? 'plain' : 'warn'} role="status">
      {!paused && <AlertIcon className={styles.waitIcon} />}
      <div>
        <p className={styles.waitTitle}>{waitText(job, queued)}</p>
        {queued.waits_for === 'login' && (
          <p>
            {words && job.reason !== 'job.interrupted' ? `${words.sentence} ` : ''}
            {doneCount(job) > 0 ? 'Nobody is fetched twice. ' : ''}
            {loginWords(session?.state)}
          </p>
        )}
        {queued.waits_for !== 'login' && words && (
          <p>{paused ? 'Press Go on when it shall go on. Nobody is fetched twice.' : words.nextStep}</p>
        )}
        {(queued.waits_for === 'portal' || queued.waits_for === 'folder') && (
          <p>It is tried again by itself. "Try now" does not wait.</p>
        )}
      </div>
      {queued.waits_for === 'login' && keptLogin && mayStart(session?.state) && (
        <Button loading={start.isPending} onClick={() => start.mutate(keptLogin)}>
          Send a code
        </Button>
      )}
    </div>
  )
}

function mayStart(state: string | undefined): boolean {
  return state === 'disconnected' || state === 'ended'
}

function loginWords(state: string | undefined): string {
  if (state === 'awaiting_otp') return 'Type the code from the phone under Job portal.'
  if (state === 'connecting' || state === 'verifying') return 'The login is on its way.'
  return state === 'connected' ? 'It goes on in a moment.' : 'It goes on by itself after the login.'
}
