/** What a person can do with downloads, whoever answers: the agent of this computer, or the office for another. */
import { createContext, use } from 'react'
import type { JobRequest, JobSnapshot } from '../generated/types'

export interface JobApi {
  start(request: JobRequest): Promise<JobSnapshot>
  pause(jobId: string): Promise<unknown>
  resume(jobId: string): Promise<unknown>
  cancel(jobId: string): Promise<unknown>
  /** Fetch these people again; without numbers all that failed. Absent where that cannot be asked for. */
  retry: ((jobId: string, seqs: readonly number[] | null) => Promise<JobSnapshot>) | null
  /** Whether the portal's login is there. */
  connected: boolean
  /** The list of downloads among the queries. */
  listKey: readonly string[]
}

export const JobApiContext = createContext<JobApi | null>(null)

export function useJobApi(): JobApi {
  const api = use(JobApiContext)
  if (api === null) throw new Error('Downloads are acted on inside a feed of them only')
  return api
}
