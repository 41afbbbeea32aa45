/** The job that the screens show: the one that runs, else the newest, followed through its stream. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { AgentApi } from '../api/agentApi'
import { useAgent } from '../api/context'
import { follow } from '../api/stream'
import type { JobSnapshot, StreamMessage } from '../generated/types'
import { type JobApi, JobApiContext } from './jobApi'
import { advance, isFinal, type JobState, type Queued, stateOf } from './jobFeed'
import { type SetBroken, type SetState, useFollowedJob } from './useFollowedJob'
import { usePortalSession } from './usePortal'

export interface JobFeedState {
  jobs: readonly JobSnapshot[]
  /** The jobs that wait, in the order in which they run. */
  queue: readonly Queued[]
  jobsError: Error | null
  shown: JobState | null
  /** Why the stream of the shown job is not up to date; it is opened again by itself. */
  broken: unknown
  choose(jobId: string | null): void
}

const NOTHING: JobFeedState = {
  jobs: [],
  queue: [],
  jobsError: null,
  shown: null,
  broken: null,
  choose: () => undefined,
}
export const JobFeedContext = createContext<JobFeedState>(NOTHING)

/** Without an agent there is no job of this computer, and nothing is asked. */
export const useJobFeed = (): JobFeedState => use(JobFeedContext)

export function JobFeedProvider({ children }: { children: ReactNode }) {
  const agent = useAgent()
  const [chosen, choose] = useState<string | null>(null)
  const { data, error } = useQuery({
    queryKey: ['agent', 'jobs'],
    queryFn: agent.jobs,
    refetchInterval: 4000,
  })
  const jobs = useMemo(() => data?.jobs ?? [], [data])
  const queue = useMemo(() => data?.queue ?? [], [data])
  const jobId = chosen ?? currentJob(jobs)?.job_id ?? null
  const { state, broken } = useFollowedJob(agent, jobId, followJob)
  const queries = useQueryClient()
  const step = state === null ? null : `${state.job.job_id} ${state.job.status} ${state.job.reason}`
  useEffect(() => {
    // The lists of downloads say at once that it is over or waits, and not only when they are read next.
    if (step === null) return
    // What stopped it may be the folder or the portal's session.
    for (const part of ['jobs', 'settings', 'session']) {
      void queries.invalidateQueries({ queryKey: ['agent', part] })
    }
  }, [queries, step])
  const value = useMemo(
    () => ({ jobs, queue, jobsError: error, shown: state, broken, choose }),
    [jobs, queue, error, state, broken],
  )
  const { data: session } = usePortalSession()
  const connected = session?.state === 'connected'
  const actions = useMemo(() => jobActions(agent, connected), [agent, connected])
  return (
    <JobApiContext value={actions}>
      <JobFeedContext value={value}>{children}</JobFeedContext>
    </JobApiContext>
  )
}

function jobActions(agent: AgentApi, connected: boolean): JobApi {
  return {
    connected,
    start: agent.startJob,
    pause: agent.pauseJob,
    resume: agent.resumeJob,
    cancel: agent.cancelJob,
    retry: agent.retryJob,
    listKey: ['agent', 'jobs'],
  }
}

export function currentJob(jobs: readonly JobSnapshot[]): JobSnapshot | undefined {
  const waiting = jobs.findLast((job) => job.status === 'queued')
  return jobs.find((job) => job.status === 'running') ?? waiting ?? jobs[0]
}

async function followJob(
  agent: AgentApi,
  jobId: string,
  signal: AbortSignal,
  setState: SetState,
  setBroken: SetBroken,
): Promise<void> {
  const gathered: StreamMessage[] = []
  const show = () => {
    const messages = gathered.splice(0)
    if (messages.length > 0) setState((state) => state && advance(state, messages))
  }
  await follow({
    signal,
    open: async (lastEventId) => {
      const first = stateOf(await agent.job(jobId))
      if (signal.aborted) throw new DOMException('stopped', 'AbortError')
      setState(() => first)
      return agent.openJobStream(jobId, lastEventId, signal)
    },
    onConnected: () => setBroken(null),
    onBroken: setBroken,
    onEvent: ({ data }) => {
      const message = JSON.parse(data) as StreamMessage
      if (gathered.push(message) === 1) queueMicrotask(show)
      return message.job !== null && isFinal(message.job)
    },
  })
}
