/** Who may call: where the token of this page comes from, how it is renewed, and when it is over. */
import type { LocalSession, Me, Session } from '../generated/types'
import { ApiError, errorOf } from './problem'

/** A token and how to get the next one. */
export interface Access {
  /** The token to send, or null when there is none. */
  token(): string | null
  /** Get a newer token; false when that is not possible and a person has to act. */
  renew(): Promise<boolean>
  /** Told when the access is lost for good. Returns how to stop listening. */
  onLost(listener: () => void): () => void
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>
type Fetch = typeof fetch

abstract class StoredAccess<T> implements Access {
  private readonly listeners = new Set<() => void>()
  private renewing: Promise<boolean> | null = null

  constructor(
    private readonly key: string,
    protected readonly storage: Storage,
    protected readonly send: Fetch,
  ) {}

  abstract token(): string | null
  protected abstract fetchRenewed(): Promise<T | null>

  protected load(): T | null {
    const text = this.storage.getItem(this.key)
    return text === null ? null : (JSON.parse(text) as T)
  }

  protected save(value: T): void {
    this.storage.setItem(this.key, JSON.stringify(value))
  }

  forget(): void {
    this.storage.removeItem(this.key)
    for (const listener of this.listeners) listener()
  }

  /** One renewal at a time: a refresh token is used up by the first. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null
    })
    return this.renewing
  }

  private async renewOnce(): Promise<boolean> {
    const renewed = await this.fetchRenewed()
    if (renewed === null) {
      this.forget()
      return false
    }
    this.save(renewed)
    return true
  }

  onLost(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

async function post(send: Fetch, url: string, body: object, token: string | null): Promise<Response> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token !== null) headers.Authorization = `Bearer ${token}`
  try {
    return await send(url, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error' })
  } catch {
    throw new ApiError(url.startsWith('/') ? 'agent.unreachable' : 'cloud.unreachable')
  }
}

/** The agent's session token: kept for this tab only, renewed while the page lives. */
export class AgentAccess extends StoredAccess<LocalSession> {
  constructor(storage: Storage, send: Fetch = (...args) => fetch(...args)) {
    super('njordhr.local-session', storage, send)
  }

  token(): string | null {
    return this.load()?.session_token ?? null
  }

  /** Milliseconds until the token should be renewed: at half of what is left of its time. */
  renewIn(now: number): number {
    const session = this.load()
    if (session === null) return Number.POSITIVE_INFINITY
    return Math.max(1000, (Date.parse(session.expires_at) - now) / 2)
  }

  async exchange(code: string): Promise<void> {
    const answer = await post(this.send, '/launch/exchange', { code }, null)
    if (!answer.ok) throw await errorOf(answer, 'agent.launch-code-not-valid')
    this.save((await answer.json()) as LocalSession)
  }

  protected async fetchRenewed(): Promise<LocalSession | null> {
    const answer = await post(this.send, '/launch/renew', {}, this.token())
    if (answer.status === 401) return null
    if (!answer.ok) throw await errorOf(answer, 'server.fault')
    return (await answer.json()) as LocalSession
  }
}

/** The cloud's tokens in a plain browser: kept for this tab only. */
export class CloudAccess extends StoredAccess<Session> {
  constructor(
    private readonly base: string,
    storage: Storage,
    send: Fetch = (...args) => fetch(...args),
  ) {
    super('njordhr.cloud-session', storage, send)
  }

  token(): string | null {
    return this.load()?.access_token ?? null
  }

  signIn(email: string, password: string): Promise<Me> {
    return this.begin('/api/auth/sign-in', { email, password })
  }

  join(invitationToken: string, fullName: string, password: string): Promise<Me> {
    const body = { invitation_token: invitationToken, full_name: fullName, password }
    return this.begin('/api/auth/join', body)
  }

  private async begin(path: string, body: object): Promise<Me> {
    const answer = await post(this.send, this.base + path, body, null)
    if (!answer.ok) throw await errorOf(answer, 'cloud.unexpected-answer')
    const session = (await answer.json()) as Session
    this.save(session)
    return session.me
  }

  async signOut(): Promise<void> {
    const session = this.load()
    this.forget()
    if (session === null) return
    const body = { refresh_token: session.refresh_token }
    const answer = await post(this.send, `${this.base}/api/auth/sign-out`, body, session.access_token)
    if (!answer.ok && answer.status !== 401) throw await errorOf(answer, 'cloud.unexpected-answer')
  }

  protected async fetchRenewed(): Promise<Session | null> {
    const session = this.load()
    if (session === null) return null
    const body = { refresh_token: session.refresh_token }
    const answer = await post(this.send, `${this.base}/api/auth/refresh`, body, null)
    if (answer.status === 401) return null
    if (!answer.ok) throw await errorOf(answer, 'cloud.unexpected-answer')
    return (await answer.json()) as Session
  }
}
