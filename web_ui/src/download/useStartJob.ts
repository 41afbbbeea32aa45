/** Start a download, from the form, a recent pair, or again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import type { JobRequest } from '../generated/types'
import { useJobFeed } from './JobFeedProvider'

export function useStartJob() {
  const agent = useAgent()
  const queries = useQueryClient()
  const { choose } = useJobFeed()
  return useMutation({
    mutationFn: (request: JobRequest) => agent.startJob(request),
    onSuccess: async (job) => {
      choose(job.job_id)
      await queries.invalidateQueries({ queryKey: ['agent', 'jobs'] })
    },
  })
}
