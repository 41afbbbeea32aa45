/** Cancel a download, after a question: it is final. */
import { Button, type ButtonProps } from '@mantine/core'
import { useState } from 'react'
import type { JobSnapshot } from '../generated/types'
import { Question } from '../shell/Question'
import { useJobActions } from './useJobActions'

export function CancelButton({ job, size = 'sm' }: { job: JobSnapshot; size?: ButtonProps['size'] }) {
  const [asking, setAsking] = useState(false)
  const { cancel } = useJobActions(job)
  return (
    <>
      <Button variant="default" size={size} loading={cancel.isPending} onClick={() => setAsking(true)}>
        Cancel<span className="visually-hidden"> the download of {job.rank}</span>
      </Button>
      <Question
        takesAway
        opened={asking}
        title="Cancel this download for good?"
        yes="Cancel the download"
        no="Keep it"
        busy={cancel.isPending}
        onYes={() => cancel.mutate(undefined, { onSettled: () => setAsking(false) })}
        onNo={() => setAsking(false)}
      >
        <p>
          {job.rank}, {job.ship_type}: {job.counts.stored} people are stored and stay. The others are not
          fetched, and this download cannot be continued. To stop for a while only, pause it.
        </p>
      </Question>
    </>
  )
}
