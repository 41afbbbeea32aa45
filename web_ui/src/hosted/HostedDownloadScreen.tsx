/** Download in a plain browser: which computer, its login to the portal, whom, and how it goes. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import styles from '../download/download.module.css'
import { useJobFeed } from '../download/JobFeedProvider'
import { JobPanel } from '../download/JobPanel'
import { ProblemNote } from '../problem/ProblemNote'
import { ComputerCard } from './ComputerCard'
import { HostedChooseCard } from './HostedChooseCard'
import { useHosted } from './HostedFeedProvider'
import { HostedPortalCard } from './HostedPortalCard'
import { HostedWaitNote } from './HostedWaitNote'

export function HostedDownloadScreen() {
  const { computers, computer, error } = useHosted()
  const { jobs, jobsError, shown } = useJobFeed()
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Download</h1>
      <div className={styles.left}>
        {error && <ProblemNote error={error} background />}
        {computer && <ComputerCard />}
        {computer && <HostedPortalCard key={computer.device_id} computer={computer} />}
        {computer && <HostedChooseCard computer={computer} />}
      </div>
      <div className={styles.right}>
        {jobsError && <ProblemNote error={jobsError} background />}
        {computers !== null && computer === null && <NoComputer />}
        {computer !== null && shown === null && jobs.length === 0 && !jobsError && (
          <section className={styles.first}>
            <h2 className={styles.stepsTitle}>Your downloads on {computer.device_name}</h2>
            <p>
              Here you see, for each person, how a download went. Resumes are fetched by that computer, into
              its own folder; you can watch from here.
            </p>
          </section>
        )}
        {shown !== null && <JobPanel state={shown} note={<HostedWaitNote state={shown} />} />}
      </div>
    </div>
  )
}

function NoComputer() {
  return (
    <section className={styles.first} aria-labelledby="no-computer">
      <h2 id="no-computer" className={styles.stepsTitle}>
        No computer of yours is connected
      </h2>
      <p>
        Resumes are downloaded by NjordHR on a computer, because the portal needs a real browser and the files
        go into a folder there. Install NjordHR on yours, sign in there, and press "Connect this computer".
        Then you can start and watch downloads from here, wherever you are.
      </p>
      <Button component={Link} to="/settings" variant="default">
        See the computers of the office
      </Button>
    </section>
  )
}
