/** The bytes of a resume: the file on this computer first, else the office's copy. */
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

/** Throws the reason of the office's copy when neither place has the file, or what is wrong with the own one. */
export async function resumeBytes(
  cloud: CloudApi,
  agent: AgentApi | null,
  resume: ResumeKey,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  if (agent === null) return linkedCopy(cloud, resume.resume_id, signal)
  let here: unknown
  try {
    const answer = await agent.openResume(resume.candidate_external_id, resume.content_sha256, signal)
    return await answer.arrayBuffer()
  } catch (error) {
    if (signal.aborted) throw error
    here = error
  }
  try {
    const answer = await agent.openStored(resume.resume_id, signal)
    return await answer.arrayBuffer()
  } catch (error) {
    if (signal.aborted || !isNotInCloud(error) || isNotHere(here)) throw error
    throw here
  }
}

/** Nobody sent it to the office yet; the computer that has it can be asked. */
export function isNotInCloud(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'resume.not-in-cloud'
}

function isNotHere(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

async function linkedCopy(cloud: CloudApi, resumeId: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const link = await cloud.resumeLink(resumeId)
  const answer = await cloud.openLink(link.url, signal)
  if (!answer.ok) throw new ApiError('store.unavailable', undefined, answer.status, `HTTP ${answer.status}`)
  const bytes = await answer.arrayBuffer()
  if (!(await isAsUploaded(bytes, link.file_sha256))) throw new ApiError('resume.lost-in-store')
  return bytes
}

/** Nothing stands between the store and this page, so the page itself compares. Browsers hash over https only. */
async function isAsUploaded(bytes: ArrayBuffer, sha256: string): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined) return true
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256
}
