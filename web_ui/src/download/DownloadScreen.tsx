/** Download: log in to the portal, choose whom, watch each person's outcome. */

import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { ChooseCard } from './ChooseCard'
import styles from './download.module.css'
import { useJobFeed } from './JobFeedProvider'
import { JobPanel } from './JobPanel'
import { NoDownloadYet } from './NoDownloadYet'
import { PairingCard } from './PairingCard'
import { PortalCard } from './PortalCard'
import { WaitNote } from './WaitNote'

export function DownloadScreen() {
  const { jobs, jobsError, shown } = useJobFeed()
  const { data: health } = useHealth()
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Download</h1>
      <div className={styles.left}>
        <PortalCard />
        <ChooseCard />
      </div>
      <div className={styles.right}>
        {health?.records_reason && <ReasonNote reason={health.records_reason} tone="warn" />}
        {jobsError && <ProblemNote error={jobsError} background />}
        {shown !== null && <PairingCard slim />}
        {shown === null && jobs.length === 0 && !jobsError && <NoDownloadYet />}
        {shown !== null && <JobPanel state={shown} note={<WaitNote state={shown} />} />}
      </div>
    </div>
  )
}
