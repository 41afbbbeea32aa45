/** Start a download, from the form, a recent pair, or again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { JobRequest } from '../generated/types'
import { useJobFeed } from './JobFeedProvider'
import { useJobApi } from './jobApi'

export function useStartJob() {
  const api = useJobApi()
  const queries = useQueryClient()
  const { choose } = useJobFeed()
  const starting = useMutation({
    mutationFn: (request: JobRequest) => api.start(request),
    onSuccess: async (job) => {
      choose(job.job_id)
      await queries.invalidateQueries({ queryKey: api.listKey })
    },
  })
  const { connected } = api
  const { reset } = starting
  // "Not logged in" does not stay beside a portal that is connected by now.
  useEffect(() => {
    if (connected) reset()
  }, [connected, reset])
  return starting
}
