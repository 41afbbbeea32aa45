import { expect, test } from 'vitest'
import type { AgentApi } from '../api/agentApi'
import type { CloudApi } from '../api/cloudApi'
import { ApiError } from '../api/problem'
import type { Reason } from '../generated/types'
import { resumeBytes } from './useResumeBytes'

const RESUME = { resume_id: 'r', candidate_external_id: '0042', content_sha256: 'c' }
const cloud = {} as CloudApi
const signal = new AbortController().signal

type Place = 'here' | 'stored'

/** An agent with the file in these places; elsewhere it refuses. */
function agentWith(places: readonly Place[], refusals: Record<Place, [Reason, number]>): AgentApi {
  const answer = (place: Place) => async () => {
    if (places.includes(place)) return new Response(place)
    const [reason, status] = refusals[place]
    throw new ApiError(reason, undefined, status)
  }
  return { openResume: answer('here'), openStored: answer('stored') } as unknown as AgentApi
}

const MISSING: Record<Place, [Reason, number]> = {
  here: ['resume.not-on-this-computer', 404],
  stored: ['resume.not-in-cloud', 409],
}

async function read(agent: AgentApi): Promise<string> {
  return new TextDecoder().decode(await resumeBytes(cloud, agent, RESUME, signal))
}

test('the file on this computer is opened before the office’s copy', async () => {
  expect(await read(agentWith(['here', 'stored'], MISSING))).toBe('here')
  expect(await read(agentWith(['stored'], MISSING))).toBe('stored')
})

test('one that neither place has is told with the office’s reason, so that its computer can be asked', async () => {
  await expect(read(agentWith([], MISSING))).rejects.toMatchObject({ reason: 'resume.not-in-cloud' })
})

test('a file here that cannot be read is told when the office has no other', async () => {
  const agent = agentWith([], { ...MISSING, here: ['resume.changed-here', 409] })
  await expect(read(agent)).rejects.toMatchObject({ reason: 'resume.changed-here' })
})

/** A cloud that gives a link to these bytes, uploaded with this digest. */
function cloudWith(bytes: string, sha256: string): CloudApi {
  const link = { url: 'https://s3.example.com/a.pdf', filename: 'a.pdf', file_sha256: sha256, expires_at: '' }
  return { resumeLink: async () => link, openLink: async () => new Response(bytes) } as unknown as CloudApi
}

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

test('a page without an agent opens what the store holds only while it is what was uploaded', async () => {
  const bytes = await resumeBytes(cloudWith('abc', ABC), null, RESUME, signal)
  expect(new TextDecoder().decode(bytes)).toBe('abc')
  await expect(resumeBytes(cloudWith('abd', ABC), null, RESUME, signal)).rejects.toMatchObject({
    reason: 'resume.lost-in-store',
  })
})
