/** The bytes of a resume: the office's copy first, else the file on this computer. */
import { useQuery } from '@tanstack/react-query'
import type { AgentApi } from '../api/agentApi'
import type { CloudApi } from '../api/cloudApi'
import { useApis } from '../api/context'
import { ApiError } from '../api/problem'

/** Which resume is meant. */
export interface ResumeKey {
  resume_id: string
  candidate_external_id: string
  content_sha256: string
}

export function useResumeBytes(resume: ResumeKey) {
  const { cloud, agent } = useApis()
  return useQuery({
    queryKey: ['resume-bytes', resume.resume_id, resume.content_sha256],
    queryFn: ({ signal }) => resumeBytes(cloud, agent, resume, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 120_000,
    retry: false,
  })
}

/** Throws the reason of the office's copy when neither place has the file. */
export async function resumeBytes(
  cloud: CloudApi,
  agent: AgentApi | null,
  resume: ResumeKey,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  try {
    return await officeCopy(cloud, resume.resume_id, signal)
  } catch (error) {
    if (signal.aborted || agent === null) throw error
    return ownCopy(agent, resume, signal, error)
  }
}

async function officeCopy(cloud: CloudApi, resumeId: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const link = await cloud.resumeLink(resumeId)
  const answer = await cloud.openLink(link.url, signal)
  if (!answer.ok) throw new ApiError('store.unavailable', undefined, answer.status, `HTTP ${answer.status}`)
  return answer.arrayBuffer()
}

async function ownCopy(
  agent: AgentApi,
  resume: ResumeKey,
  signal: AbortSignal,
  officeError: unknown,
): Promise<ArrayBuffer> {
  try {
    const answer = await agent.openResume(resume.candidate_external_id, resume.content_sha256, signal)
    return await answer.arrayBuffer()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) throw officeError
    throw error
  }
}
