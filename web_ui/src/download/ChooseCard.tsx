/** Whom to download: rank, ship type, folder, and the pairs that were downloaded before. */
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useAgent } from '../api/context'
import type { JobSnapshot } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote } from '../problem/ProblemNote'
import { Question } from '../shell/Question'
import { agoText } from '../words/dates'
import styles from './download.module.css'
import { FolderLine } from './FolderLine'
import { useJobFeed } from './JobFeedProvider'
import { isFinal, isPaused } from './jobFeed'
import { LabelSelect } from './LabelSelect'
import { useForeignOffice } from './PairingCard'
import { QueueList } from './QueueList'
import { usePortalSession } from './usePortal'
import { useStartJob } from './useStartJob'

export function ChooseCard({ onStarted }: { onStarted?: () => void }) {
  const titleId = useId()
  const agent = useAgent()
  const starting = useStartJob()
  const { jobs } = useJobFeed()
  const { data: choices, error } = useQuery({
    queryKey: ['agent', 'choices'],
    queryFn: agent.portalChoices,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data: settings } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const { data: session } = usePortalSession()
  const [rank, setRank] = useState<string | null>(null)
  const [shipType, setShipType] = useState<string | null>(null)
  const [force, setForce] = useState(false)
  const [asking, setAsking] = useState(false)
  const foreign = useForeignOffice()

  const underway = jobs.some((job) => !isFinal(job) && job.rank === rank && job.ship_type === shipType)
  const missing =
    whatIsMissing(rank, shipType, session?.state === 'connected', settings?.download_folder ?? null) ??
    (underway ? 'This download is in the queue' : null)
  const begin = () => {
    if (rank !== null && shipType !== null)
      starting.mutate({ rank, ship_type: shipType, force_redownload: force }, { onSuccess: onStarted })
    setAsking(false)
  }
  const start = () => {
    if (missing !== null || starting.isPending) return
    // The letter keys work again, and an open list of choices closes.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
    if (foreign === null) begin()
    else setAsking(true)
  }
  useKeys('Download', [{ key: 'Ctrl+Enter', does: 'Start the download', run: start, whileTyping: true }])

  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>Whom to download</h2>
      {error && <ProblemNote error={error} background />}
      <LabelSelect label="Rank" choices={choices?.ranks ?? []} value={rank} onChange={setRank} />
      <LabelSelect
        label="Ship type"
        choices={choices?.ship_types ?? []}
        value={shipType}
        onChange={setShipType}
      />
      <FolderLine folder={settings?.download_folder ?? null} />
      <Checkbox
        size="xs"
        label="Download again also those who are in the folder"
        checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}
      />
      {starting.error && <ProblemNote error={starting.error} />}
      <Button
        size="md"
        fullWidth
        loading={starting.isPending}
        data-disabled={missing !== null || undefined}
        aria-disabled={missing !== null}
        className={styles.start}
        onClick={start}
      >
        {missing ?? startWord(jobs)}
      </Button>
      <Question
        opened={asking}
        title={`Download for ${foreign?.pairedTo ?? ''}?`}
        yes={`Download for ${foreign?.pairedTo ?? ''}`}
        no="Do not start"
        onYes={begin}
        onNo={() => setAsking(false)}
      >
        This computer is connected to {foreign?.pairedTo}, and you are of {foreign?.mine}. What is downloaded
        here goes to {foreign?.pairedTo} and not to your office.
      </Question>
      <QueueList />
      <RecentPairs
        jobs={jobs}
        onChoose={(job) => {
          setRank(job.rank)
          setShipType(job.ship_type)
        }}
      />
    </section>
  )
}

export function whatIsMissing(
  rank: string | null,
  shipType: string | null,
  connected: boolean,
  folder: { reason: string | null } | null,
): string | null {
  if (!connected) return 'Connect to the portal first'
  if (folder === null || folder.reason !== null) return 'Choose a folder first'
  if (rank === null) return 'Choose a rank'
  if (shipType === null) return 'Choose a ship type'
  return null
}

/** While another download runs or waits for its turn, a new one comes after it. */
export function startWord(jobs: readonly JobSnapshot[]): string {
  const busy = jobs.some((job) => job.status === 'running' || (job.status === 'queued' && !isPaused(job)))
  return busy ? 'Add to the queue' : 'Start download'
}

export function RecentPairs({
  jobs,
  onChoose,
}: {
  jobs: readonly JobSnapshot[]
  onChoose(job: JobSnapshot): void
}) {
  const { choose, shown } = useJobFeed()
  const pairs = recentPairs(jobs.filter((job) => isFinal(job) && job.retry_of === null))
  if (pairs.length === 0) return null
  return (
    <div>
      <h3 className={styles.subTitle}>Recent</h3>
      <ul className={styles.recent}>
        {pairs.map((job) => (
          <li key={job.job_id}>
            <button
              type="button"
              className={styles.recentPair}
              aria-pressed={shown?.job.job_id === job.job_id}
              title={`${job.rank} · ${job.ship_type}, ${agoText(job.created_at, Date.now())}`}
              onClick={() => {
                onChoose(job)
                choose(job.job_id)
              }}
            >
              <span className={styles.recentName}>
                {job.rank} · {job.ship_type}
              </span>
              <span className={styles.soft}>{job.counts.stored} stored</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The newest job of each pair, at most five. */
export function recentPairs(jobs: readonly JobSnapshot[]): JobSnapshot[] {
  const newest = new Map<string, JobSnapshot>()
  for (const job of jobs) {
    const pair = `${job.rank}\n${job.ship_type}`
    if (!newest.has(pair)) newest.set(pair, job)
  }
  return [...newest.values()].slice(0, 5)
}
