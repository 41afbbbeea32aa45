/** A resume that only another computer has: which one, and asking it to send. What becomes of that shows by itself. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApis } from '../api/context'
import { reasonWords } from '../api/problem'
import type { CloudCopy } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { WaitIcon } from '../shell/icons'
import { agoText } from '../words/dates'
import styles from './candidate.module.css'

interface Props {
  resumeId: string
  /** The office has it by now. */
  onStored(): void
}

export function AskComputer({ resumeId, onStored }: Props) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const key = ['cloud-copy', resumeId]
  const { data: copy, error } = useQuery({
    queryKey: key,
    queryFn: () => cloud.cloudCopy(resumeId),
    refetchInterval: (query) => (query.state.data?.state === 'waiting' ? 4000 : 15_000),
  })
  const ask = useMutation({
    mutationFn: () => cloud.askForResume(resumeId),
    onSuccess: (view) => queries.setQueryData(key, view),
  })
  const stored = copy?.state === 'stored'
  const told = useRef(onStored)
  useEffect(() => {
    told.current = onStored
  })
  useEffect(() => {
    if (stored) told.current()
  }, [stored])
  if (error) return <ProblemNote error={error} background />
  if (copy === undefined || stored) return null
  const words = copy.reason && reasonWords(copy.reason)
  return (
    <div className={styles.askComputer}>
      <p className={styles.askTitle} role="status">
        {copy.state === 'waiting' && <WaitIcon />} {titleOf(copy)}
      </p>
      <p>{words ? `${words.sentence} ${words.nextStep}` : meaningOf(copy, Date.now())}</p>
      {mayAsk(copy) && (
        <Button loading={ask.isPending} onClick={() => ask.mutate()}>
          {copy.state === 'not_asked' ? `Ask ${nameOf(copy)} to send it` : 'Ask again'}
        </Button>
      )}
      {ask.error && <ProblemNote error={ask.error} />}
    </div>
  )
}

/** Whether a computer is there that could send it, and it is not on its way already. */
export function mayAsk(copy: CloudCopy): boolean {
  return copy.state !== 'waiting' && copy.state !== 'stored' && copy.reason !== 'upload.computer-disconnected'
}

function nameOf(copy: CloudCopy): string {
  return copy.device_name || 'that computer'
}

export function titleOf(copy: CloudCopy): string {
  switch (copy.state) {
    case 'waiting':
      return `${nameOf(copy)} was asked to send the resume`
    case 'refused':
      return `${nameOf(copy)} could not send the resume`
    case 'expired':
      return `${nameOf(copy)} did not answer`
    default:
      return `Only ${nameOf(copy)} has this resume`
  }
}

export function meaningOf(copy: CloudCopy, now: number): string {
  const seen = copy.device_last_seen_at
    ? ` It was last seen ${agoText(copy.device_last_seen_at, now)}.`
    : ' It was not seen yet.'
  if (copy.state === 'waiting') {
    const by = copy.asked_by ? `${copy.asked_by} asked. ` : ''
    return `${by}It sends when it is on, within half a minute; the resume then opens here by itself.${seen}`
  }
  if (copy.state === 'expired')
    return `It was not on, or NjordHR did not run there.${seen} Ask again when it is on.`
  return `It was not sent to the office. When it is asked, it sends this one.${seen}`
}
