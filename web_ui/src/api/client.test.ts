import { expect, test } from 'vitest'
import type { Access } from './access'
import { addressOf, createClient } from './client'
import type { ApiError } from './problem'

function access(tokens: string[]): Access & { renewed: number } {
  return {
    renewed: 0,
    token: () => tokens[0] ?? null,
    async renew() {
      this.renewed += 1
      tokens.shift()
      return tokens.length > 0
    },
    onLost: () => () => undefined,
  }
}

function problem(status: number, reason: string, facts: object = {}): Response {
  const body = {
    type: `/reasons/${reason}`,
    title: 'Told by the server',
    status,
    reason,
    next_step: 'Do this.',
    facts,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' } })

test('the token travels in a header and never in the address', async () => {
  const calls: Request[] = []
  const client = createClient({
    base: 'http://cloud.example.com',
    access: access(['secret']),
    unreachable: 'cloud.unreachable',
    send: async (...args) => {
      calls.push(new Request(...args))
      return json({ ok: true })
    },
  })
  await client.call('GET', '/api/me', { query: { q: 'a b', nothing: null } })
  expect(calls[0]?.url).toBe('http://cloud.example.com/api/me?q=a+b')
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer secret')
})

test('one click has one trace id, also when it has to be sent again', async () => {
  const traces: (string | null)[] = []
  const client = createClient({
    base: 'http://cloud.example.com',
    access: access(['old', 'new']),
    unreachable: 'cloud.unreachable',
    send: async (...args) => {
      traces.push(new Request(...args).headers.get('X-Trace-Id'))
      return traces.length === 1 ? problem(401, 'auth.token-expired') : json({ ok: true })
    },
  })
  await client.call('GET', '/api/me')
  await client.call('GET', '/api/me')
  expect(traces[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(traces[1]).toBe(traces[0])
  expect(traces[2]).not.toBe(traces[0])
})

test('a refusal becomes an error with the words of its reason, and its facts', async () => {
  const client = createClient({
    base: 'http://x.example.com',
    access: access(['t']),
    unreachable: 'cloud.unreachable',
    send: async () => problem(409, 'candidate.changed-meanwhile', { version: 4 }),
  })
  const error = await client.call('POST', '/api/dashboard/notes').catch((thrown: ApiError) => thrown)
  expect(error).toMatchObject({ reason: 'candidate.changed-meanwhile', status: 409, facts: { version: 4 } })
  expect((error as ApiError).words.sentence).toMatch(/Somebody changed this person/)
})

test('a reason of a newer server keeps the words that came with it', async () => {
  const client = createClient({
    base: 'http://x.example.com',
    access: access(['t']),
    unreachable: 'cloud.unreachable',
    send: async () => problem(400, 'future.reason'),
  })
  const error = await client.call('GET', '/api/me').catch((thrown: ApiError) => thrown)
  expect((error as ApiError).words).toEqual({ sentence: 'Told by the server', nextStep: 'Do this.' })
})

test('an answer that is no problem document, and no answer at all, have reasons too', async () => {
  const answers = [
    async () => new Response('<html>', { status: 502 }),
    () => Promise.reject(new TypeError('net')),
  ]
  const reasons = []
  for (const send of answers) {
    const client = createClient({ base: '', access: access(['t']), unreachable: 'agent.unreachable', send })
    const error = await client.call('GET', '/health').catch((thrown: ApiError) => thrown)
    reasons.push((error as ApiError).reason)
  }
  expect(reasons).toEqual(['cloud.unexpected-answer', 'agent.unreachable'])
})

test('an expired token is renewed once and the call repeated', async () => {
  const mine = access(['old', 'new'])
  const sent: (string | null)[] = []
  const client = createClient({
    base: 'http://x.example.com',
    access: mine,
    unreachable: 'cloud.unreachable',
    send: async (_input, init) => {
      const token = new Headers(init?.headers).get('Authorization')
      sent.push(token)
      return token === 'Bearer old' ? problem(401, 'auth.token-expired') : json({ fine: true })
    },
  })
  expect(await client.call('GET', '/api/me')).toEqual({ fine: true })
  expect(sent).toEqual(['Bearer old', 'Bearer new'])
  expect(mine.renewed).toBe(1)
})

test('beside an agent, nobody signed in at the office is not a lost session of the page', async () => {
  const mine = access(['page'])
  const client = createClient({
    base: '',
    access: mine,
    unreachable: 'agent.unreachable',
    send: async () => problem(401, 'auth.required'),
  })
  await expect(client.call('GET', '/api/me')).rejects.toMatchObject({ reason: 'auth.required' })
  expect(mine.renewed).toBe(0)
})

test('empty filters stay out of an address', () => {
  expect(addressOf('', '/a', { x: '', y: undefined, n: 0 })).toBe('/a?n=0')
})
