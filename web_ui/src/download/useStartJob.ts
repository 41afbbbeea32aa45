/** Start a download, from the form, a recent pair, or again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useAgent } from '../api/context'
import type { JobRequest } from '../generated/types'
import { useJobFeed } from './JobFeedProvider'
import { usePortalSession } from './usePortal'

export function useStartJob() {
  const agent = useAgent()
  const queries = useQueryClient()
  const { choose } = useJobFeed()
  const { data: session } = usePortalSession()
  const starting = useMutation({
    mutationFn: (request: JobRequest) => agent.startJob(request),
    onSuccess: async (job) => {
      choose(job.job_id)
      await queries.invalidateQueries({ queryKey: ['agent', 'jobs'] })
    },
  })
  const connected = session?.state === 'connected'
  const { reset } = starting
  // "Not logged in" does not stay beside a portal that is connected by now.
  useEffect(() => {
    if (connected) reset()
  }, [connected, reset])
  return starting
}
