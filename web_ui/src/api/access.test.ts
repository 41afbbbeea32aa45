import { expect, test } from 'vitest'
import { AgentAccess, CloudAccess } from './access'
import { launchCode, takeLaunchCode } from './launch'

class Memory {
  readonly kept = new Map<string, string>()
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => void this.kept.set(key, value)
  removeItem = (key: string) => void this.kept.delete(key)
}

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })

test('the launch code leaves the address bar and the history before it is used', () => {
  window.history.replaceState(null, '', '/app/#code=once')
  expect(takeLaunchCode(window.location, window.history)).toBe('once')
  expect(window.location.href).not.toContain('once')
  expect(launchCode('#other=1')).toBeNull()
})

test('a launch code is exchanged for the token of this page', async () => {
  const memory = new Memory()
  const bodies: unknown[] = []
  const access = new AgentAccess(memory, async (_url, init) => {
    bodies.push(JSON.parse(String(init?.body)))
    return json({ session_token: 'page-token', expires_at: '2026-11-12T09:00:00Z' })
  })
  await access.exchange('once')
  expect(bodies).toEqual([{ code: 'once' }])
  expect(access.token()).toBe('page-token')
  expect(access.renewIn(Date.parse('2026-11-12T08:00:00Z'))).toBe(30 * 60_000)
})

test('a session that is over is forgotten, and everybody is told', async () => {
  const memory = new Memory()
  memory.setItem(
    'njordhr.local-session',
    JSON.stringify({ session_token: 'old', expires_at: '2026-11-12T09:00:00Z' }),
  )
  const access = new AgentAccess(memory, async () => json({}, 401))
  let told = 0
  access.onLost(() => {
    told += 1
  })
  expect(await access.renew()).toBe(false)
  expect(access.token()).toBeNull()
  expect(told).toBe(1)
})

test('a refresh token is used up once, however many calls need it', async () => {
  const memory = new Memory()
  memory.setItem('njordhr.cloud-session', JSON.stringify({ access_token: 'a', refresh_token: 'r1' }))
  let asked = 0
  const access = new CloudAccess('https://cloud.example.com', memory, async () => {
    asked += 1
    return json({ access_token: 'b', refresh_token: 'r2' })
  })
  expect(await Promise.all([access.renew(), access.renew(), access.renew()])).toEqual([true, true, true])
  expect(asked).toBe(1)
  expect(access.token()).toBe('b')
})

test('an office that cannot be reached does not sign anybody out', async () => {
  const memory = new Memory()
  memory.setItem('njordhr.cloud-session', JSON.stringify({ access_token: 'a', refresh_token: 'r1' }))
  const access = new CloudAccess('https://cloud.example.com', memory, () =>
    Promise.reject(new TypeError('net')),
  )
  await expect(access.renew()).rejects.toMatchObject({ reason: 'cloud.unreachable' })
  expect(access.token()).toBe('a')
})
