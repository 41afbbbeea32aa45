/** Pausing, going on with and cancelling a download, and fetching again whom it did not get. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { JobSnapshot } from '../generated/types'
import { useToasts } from '../undo/ToastShelf'
import { useJobFeed } from './JobFeedProvider'
import { useJobApi } from './jobApi'

export function useJobActions(job: JobSnapshot) {
  const api = useJobApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { choose } = useJobFeed()
  const settled = () => queries.invalidateQueries({ queryKey: api.listKey })
  const name = `${job.rank}, ${job.ship_type}`
  const pause = useMutation({
    mutationFn: () => api.pause(job.job_id),
    onError: (error) => toasts.fail(error, `Not paused: ${name}`),
    onSettled: settled,
  })
  const resume = useMutation({
    mutationFn: () => api.resume(job.job_id),
    onError: (error) => toasts.fail(error, `Does not go on: ${name}`),
    onSettled: settled,
  })
  const cancel = useMutation({
    mutationFn: () => api.cancel(job.job_id),
    onError: (error) => toasts.fail(error, `Not cancelled: ${name}`),
    onSettled: settled,
  })
  const retry = useMutation({
    mutationFn: (seqs: readonly number[] | null) => {
      if (api.retry === null) throw new Error('Fetching again is not offered here')
      return api.retry(job.job_id, seqs)
    },
    onSuccess: (started) => choose(started.job_id),
    onError: (error) => toasts.fail(error, 'Not fetched again'),
    onSettled: settled,
  })
  return { pause, resume, cancel, retry, mayRetry: api.retry !== null }
}
