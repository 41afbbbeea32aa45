/** Why a download on another computer waits, what that means, and what to do now. */
import { reasonWords } from '../api/problem'
import styles from '../download/download.module.css'
import { doneCount, type JobState, waitText } from '../download/jobFeed'
import type { DeviceView, JobView } from '../generated/types'
import { AlertIcon } from '../shell/icons'
import { momentText } from '../words/dates'
import { useHosted } from './HostedFeedProvider'

export function HostedWaitNote({ state: { job, queued } }: { state: JobState }) {
  const { computer } = useHosted()
  if (computer === null || job.status !== 'queued' || queued === null || queued.waits_for === 'turn')
    return null
  const paused = job.reason === 'job.paused'
  const title = queued.waits_for === 'computer' ? `Waits for ${computer.device_name}` : waitText(job, queued)
  return (
    <div className={styles.waitNote} data-tone={paused ? 'plain' : 'warn'} role="status">
      {!paused && <AlertIcon className={styles.waitIcon} />}
      <div>
        <p className={styles.waitTitle}>{title}</p>
        <p>{meaning(job as JobView, queued.waits_for, computer)}</p>
      </div>
    </div>
  )
}

function meaning(job: JobView, waitsFor: string, computer: DeviceView): string {
  switch (waitsFor) {
    case 'computer':
      return waitForComputer(job, computer)
    case 'login':
      return `${doneCount(job) > 0 ? 'Nobody is fetched twice. ' : ''}${loginWords(computer)}`
    case 'person':
      return job.reason === 'job.paused'
        ? 'Press Go on when it shall go on. Nobody is fetched twice.'
        : reasonWords(job.reason ?? 'job.interrupted').nextStep
    default:
      return `${job.reason ? `${reasonWords(job.reason).nextStep} ` : ''}It is tried again by itself.`
  }
}

function waitForComputer(job: JobView, computer: DeviceView): string {
  if (computer.is_online) return `${computer.device_name} is on and hears of it in a moment.`
  const until = job.waits_until ? ` until ${momentText(job.waits_until)}` : ''
  return (
    `${computer.device_name} is off, or NjordHR does not run there. It begins by itself when it is on again; ` +
    `it waits${until}, and you can cancel it until then.`
  )
}

function loginWords({ is_online, portal, device_name }: DeviceView): string {
  if (!is_online) return `${device_name} is off. When it is on again, it logs in to the portal first.`
  if (portal?.state === 'awaiting_otp') return 'Type the code from the phone under Job portal.'
  if (portal?.state === 'connecting' || portal?.state === 'verifying') return 'The login is on its way.'
  if (portal?.state === 'connected') return 'It goes on in a moment.'
  return portal?.login_is_kept
    ? 'Press "Connect and send the code" under Job portal; then it goes on by itself.'
    : `It goes on by itself when somebody has logged in to the portal at ${device_name}.`
}
