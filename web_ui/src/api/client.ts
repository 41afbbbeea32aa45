/** One way to call both APIs: JSON in, JSON out, every refusal an `ApiError`. */
import type { Reason } from '../generated/types'
import type { Access } from './access'
import { ApiError, errorOf } from './problem'
import { newTraceId } from './trace'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface RequestOptions {
  body?: object
  query?: Query
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Client {
  /** Call and read the JSON answer; `undefined` for an answer without a body. */
  call<T>(method: string, path: string, options?: RequestOptions): Promise<T>
  /** Call and hand back the answer itself, for streams and files. Refusals throw. */
  open(method: string, path: string, options?: RequestOptions): Promise<Response>
}

export interface ClientOptions {
  base: string
  access: Access
  /** Why nobody answered, in this mode. */
  unreachable: Reason
  send?: typeof fetch
}

export function addressOf(base: string, path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return base + path + (text ? `?${text}` : '')
}

export function createClient({
  base,
  access,
  unreachable,
  send = (...args) => fetch(...args),
}: ClientOptions): Client {
  async function once(
    method: string,
    path: string,
    options: RequestOptions,
    trace: string,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
    headers['X-Trace-Id'] = trace
    const token = access.token()
    if (token !== null) headers.Authorization = `Bearer ${token}`
    if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    try {
      return await send(addressOf(base, path, options.query), {
        method,
        headers,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: options.signal,
        cache: 'no-store',
        redirect: 'error',
      })
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw new ApiError(unreachable)
    }
  }

  async function open(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const trace = newTraceId()
    let answer = await once(method, path, options, trace)
    if (answer.status === 401 && access.token() !== null) {
      const error = await errorOf(answer.clone(), 'auth.required')
      if (isOfThisToken(error.reason, unreachable) && (await access.renew()))
        answer = await once(method, path, options, trace)
    }
    if (!answer.ok) throw await errorOf(answer, 'cloud.unexpected-answer')
    return answer
  }

  async function call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await open(method, path, options)
    if (answer.status === 204) return undefined as T
    return (await answer.json()) as T
  }

  return { call, open }
}

/** Beside an agent, a 401 of the cloud is about the person and not about this page's session. */
function isOfThisToken(reason: Reason, unreachable: Reason): boolean {
  return unreachable === 'agent.unreachable' ? reason.startsWith('agent.') : reason.startsWith('auth.')
}
