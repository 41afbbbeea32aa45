/** The downloads of one of the person's computers, followed from a plain browser through the office. */
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { CloudApi } from '../api/cloudApi'
import { useApis } from '../api/context'
import { follow } from '../api/stream'
import { currentJob, JobFeedContext } from '../download/JobFeedProvider'
import { type JobApi, JobApiContext } from '../download/jobApi'
import { isFinal } from '../download/jobFeed'
import { type SetBroken, type SetState, useFollowedJob } from '../download/useFollowedJob'
import type { DeviceView, JobLogLine, JobView } from '../generated/types'
import { useMe } from '../shell/session'
import { isConnected, queueOf, shownComputer } from './computers'
import { advanced } from './jobLines'
import { useComputers } from './useComputers'

interface Hosted {
  computers: readonly DeviceView[] | null
  /** The computer that is looked at. */
  computer: DeviceView | null
  error: Error | null
  chooseComputer(deviceId: string): void
}

const HostedContext = createContext<Hosted | null>(null)

export function useHosted(): Hosted {
  const hosted = use(HostedContext)
  if (hosted === null) throw new Error('This part is shown in a plain browser only')
  return hosted
}

export function HostedFeedProvider({ children }: { children: ReactNode }) {
  const { cloud } = useApis()
  const me = useMe()
  const { computers, error } = useComputers()
  const [chosenComputer, chooseComputer] = useState<string | null>(null)
  const [chosenJob, chooseJob] = useState<string | null>(null)
  const computer = shownComputer(computers ?? [], chosenComputer)
  const deviceId = computer?.device_id ?? null
  useEffect(() => {
    // Another computer that is switched on does not take the place of the one that is looked at.
    if (chosenComputer === null && deviceId !== null) chooseComputer(deviceId)
  }, [chosenComputer, deviceId])
  const { data, error: jobsError } = useQuery({
    queryKey: ['jobs'],
    queryFn: cloud.jobs,
    enabled: me !== null,
    refetchInterval: 4000,
  })
  const jobs = useMemo(
    () => (data?.jobs ?? []).filter((job) => job.device_id === deviceId && job.user_email === me?.email),
    [data, deviceId, me],
  )
  const jobId = (jobs.some((job) => job.job_id === chosenJob) ? chosenJob : currentJob(jobs)?.job_id) ?? null
  const { state, broken } = useFollowedJob(cloud, jobId, followJob)
  const portal = computer?.portal ?? null
  const queue = useMemo(() => queueOf(jobs, portal), [jobs, portal])
  const shown = useMemo(
    () => state && { ...state, queued: queue.find(({ job_id }) => job_id === state.job.job_id) ?? null },
    [state, queue],
  )
  const feed = useMemo(
    () => ({ jobs, queue, jobsError, shown, broken, choose: chooseJob }),
    [jobs, queue, jobsError, shown, broken],
  )
  const connected = isConnected(portal)
  const actions = useMemo(() => jobActions(cloud, deviceId, connected), [cloud, deviceId, connected])
  const hosted = useMemo(() => ({ computers, computer, error, chooseComputer }), [computers, computer, error])
  return (
    <HostedContext value={hosted}>
      <JobApiContext value={actions}>
        <JobFeedContext value={feed}>{children}</JobFeedContext>
      </JobApiContext>
    </HostedContext>
  )
}

function jobActions(cloud: CloudApi, deviceId: string | null, connected: boolean): JobApi {
  const ask = (kind: 'cancel_job' | 'pause_job' | 'resume_job') => (jobId: string) =>
    cloud.askJob(jobId, { command_id: crypto.randomUUID(), kind })
  return {
    connected,
    start: (request) => {
      if (deviceId === null) throw new Error('There is no computer to download with')
      return cloud.startJob({ job_id: crypto.randomUUID(), device_id: deviceId, ...request })
    },
    pause: ask('pause_job'),
    resume: ask('resume_job'),
    cancel: ask('cancel_job'),
    retry: null,
    listKey: ['jobs'],
  }
}

async function followJob(
  cloud: CloudApi,
  jobId: string,
  signal: AbortSignal,
  setState: SetState,
  setBroken: SetBroken,
): Promise<void> {
  const lines: JobLogLine[] = []
  let job: JobView | null = null
  let isScheduled = false
  const show = () => {
    isScheduled = false
    const [gathered, newest] = [lines.splice(0), job]
    setState((state) => state && advanced(state, gathered, newest))
  }
  const first = await cloud.job(jobId)
  if (signal.aborted) return
  setState(() => ({ job: first, listings: new Map(), secondsLeft: null, queued: null }))
  await follow({
    signal,
    open: (lastEventId) => cloud.openJobStream(jobId, lastEventId, signal),
    onConnected: () => setBroken(null),
    onBroken: setBroken,
    onEvent: ({ event, data }) => {
      if (event === 'line') lines.push(JSON.parse(data) as JobLogLine)
      if (event === 'job') job = JSON.parse(data) as JobView
      if (!isScheduled) queueMicrotask(show)
      isScheduled = true
      return job !== null && isFinal(job)
    },
  })
}
