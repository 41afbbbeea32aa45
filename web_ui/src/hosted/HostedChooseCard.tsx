/** Whom a computer downloads, chosen from elsewhere. */
import { Button, Checkbox } from '@mantine/core'
import { useId, useState } from 'react'
import { RecentPairs, startWord } from '../download/ChooseCard'
import styles from '../download/download.module.css'
import { useJobFeed } from '../download/JobFeedProvider'
import { isFinal } from '../download/jobFeed'
import { LabelSelect } from '../download/LabelSelect'
import { QueueList } from '../download/QueueList'
import { useStartJob } from '../download/useStartJob'
import type { DeviceView } from '../generated/types'
import { PORTAL_RANKS, PORTAL_SHIP_TYPES } from '../generated/vocabulary'
import { useKeys } from '../keys/keys'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { useAskFor } from './useComputers'

export function HostedChooseCard({ computer }: { computer: DeviceView }) {
  const titleId = useId()
  const starting = useStartJob()
  const connect = useAskFor(computer.device_id, 'connect_portal')
  const { jobs } = useJobFeed()
  const [rank, setRank] = useState<string | null>(null)
  const [shipType, setShipType] = useState<string | null>(null)
  const [force, setForce] = useState(false)
  const underway = jobs.some((job) => !isFinal(job) && job.rank === rank && job.ship_type === shipType)
  const folderReason = computer.portal?.folder_reason ?? null
  const missing = whatIsMissing(rank, shipType, underway, folderReason !== null)
  const start = () => {
    if (missing !== null || rank === null || shipType === null || starting.isPending) return
    // The letter keys work again, and an open list of choices closes.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
    const request = { rank, ship_type: shipType, force_redownload: force }
    starting.mutate(request, { onSuccess: () => mayConnect(computer) && connect.mutate() })
  }
  useKeys('Download', [{ key: 'Ctrl+Enter', does: 'Start the download', run: start, whileTyping: true }])
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>Whom to download</h2>
      <LabelSelect label="Rank" choices={PORTAL_RANKS} value={rank} onChange={setRank} />
      <LabelSelect label="Ship type" choices={PORTAL_SHIP_TYPES} value={shipType} onChange={setShipType} />
      <Checkbox
        size="xs"
        label="Download again also those who are in the folder"
        checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}
      />
      {folderReason && <ReasonNote reason={folderReason} tone="warn" />}
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
        {missing ?? (computer.is_online ? startWord(jobs) : `Start when ${computer.device_name} is on`)}
      </Button>
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

/** Whether the computer can begin to log in by itself, so that the code is all that is left to type. */
function mayConnect({ is_online, portal }: DeviceView): boolean {
  return is_online && portal?.login_is_kept === true && /^(disconnected|ended)$/.test(portal.state)
}

export function whatIsMissing(
  rank: string | null,
  shipType: string | null,
  underway: boolean,
  folderIsBad: boolean,
): string | null {
  if (folderIsBad) return 'Its folder cannot be used now'
  if (rank === null) return 'Choose a rank'
  if (shipType === null) return 'Choose a ship type'
  return underway ? 'This download is in the queue' : null
}
