/** Keeping the download that is shown up to date, from whichever stream tells of it. */
import { useEffect, useState } from 'react'
import type { JobState } from './jobFeed'

export type SetState = (change: (state: JobState | null) => JobState | null) => void
export type SetBroken = (error: unknown) => void

/** Follows one download of `source` until it is over or `signal` says to stop. */
type FollowJob<Source> = (
  source: Source,
  jobId: string,
  signal: AbortSignal,
  setState: SetState,
  setBroken: SetBroken,
) => Promise<void>

export function useFollowedJob<Source>(source: Source, jobId: string | null, followJob: FollowJob<Source>) {
  const [state, setState] = useState<JobState | null>(null)
  const [broken, setBroken] = useState<unknown>(null)
  useEffect(() => {
    const stop = new AbortController()
    setBroken(null)
    if (jobId === null) {
      setState(null)
      return
    }
    followJob(source, jobId, stop.signal, setState, setBroken).catch((error: unknown) => {
      if (!stop.signal.aborted) setBroken(error)
    })
    return () => stop.abort()
  }, [source, jobId, followJob])
  return { state: state?.job.job_id === jobId ? state : null, broken }
}
