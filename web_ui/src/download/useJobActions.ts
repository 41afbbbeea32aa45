/** Pausing, going on with and cancelling a download, and fetching again whom it did not get. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import type { JobSnapshot } from '../generated/types'
import { useToasts } from '../undo/ToastShelf'
import { useJobFeed } from './JobFeedProvider'

export function useJobActions(job: JobSnapshot) {
  const agent = useAgent()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { choose } = useJobFeed()
  const settled = () => queries.invalidateQueries({ queryKey: ['agent', 'jobs'] })
  const name = `${job.rank}, ${job.ship_type}`
  const pause = useMutation({
    mutationFn: () => agent.pauseJob(job.job_id),
    onError: (error) => toasts.fail(error, `Not paused: ${name}`),
    onSettled: settled,
  })
  const resume = useMutation({
    mutationFn: () => agent.resumeJob(job.job_id),
    onError: (error) => toasts.fail(error, `Does not go on: ${name}`),
    onSettled: settled,
  })
  const cancel = useMutation({
    mutationFn: () => agent.cancelJob(job.job_id),
    onError: (error) => toasts.fail(error, `Not cancelled: ${name}`),
    onSettled: settled,
  })
  const retry = useMutation({
    mutationFn: (seqs: readonly number[] | null) => agent.retryJob(job.job_id, seqs),
    onSuccess: (started) => choose(started.job_id),
    onError: (error) => toasts.fail(error, 'Not fetched again'),
    onSettled: settled,
  })
  return { pause, resume, cancel, retry }
}
