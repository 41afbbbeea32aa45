/** Server-sent events read with `fetch`, because an `EventSource` cannot send the token. */
import { ApiError } from './problem'

export interface StreamEvent {
  id: string
  event: string
  data: string
}

/** Turn the text of a stream, cut anywhere, into events. */
export class StreamParser {
  private rest = ''
  private id = ''
  private event = ''
  private data: string[] = []

  push(chunk: string): StreamEvent[] {
    const events: StreamEvent[] = []
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      const event = this.take(line)
      if (event !== null) events.push(event)
    }
    return events
  }

  private take(line: string): StreamEvent | null {
    if (line === '') return this.finish()
    if (line.startsWith(':')) return null
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'id') this.id = value
    else if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    return null
  }

  private finish(): StreamEvent | null {
    const data = this.data.join('\n')
    const event = { id: this.id, event: this.event || 'message', data }
    const hasData = this.data.length > 0
    this.event = ''
    this.data = []
    return hasData ? event : null
  }
}

export interface FollowOptions {
  /** Open the stream after the event of this id; an empty id is the beginning. */
  open(lastEventId: string, signal: AbortSignal): Promise<Response>
  /** Take one event; return true when the stream has said all that it will ever say. */
  onEvent(event: StreamEvent): boolean
  onConnected?(): void
  /** Told why the stream broke off; it is opened again after the pause. */
  onBroken?(error: unknown, pauseMs: number): void
  signal: AbortSignal
  wait?(ms: number, signal: AbortSignal): Promise<void>
}

const LONGEST_MS = 8000
const PAUSES_MS = [500, 1000, 2000, 4000, LONGEST_MS]
const MOST_TOLD_SECONDS = 300

/**
 * Follow a stream until it is over or the signal aborts, reconnecting from the last event that was read.
 *
 * Throws the `ApiError` of a stream that does not exist or may not be read.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { signal, wait = pause } = options
  let lastEventId = ''
  let failures = 0
  while (!signal.aborted) {
    let broken: unknown
    try {
      const answer = await options.open(lastEventId, signal)
      options.onConnected?.()
      for await (const event of eventsOf(answer)) {
        failures = 0
        if (event.id !== '') lastEventId = event.id
        if (options.onEvent(event)) return
      }
    } catch (error) {
      if (signal.aborted) return
      if (isForGood(error)) throw error
      broken = error
      options.onBroken?.(error, pauseAfter(failures, error))
    }
    const ms = pauseAfter(failures, broken)
    failures += 1
    await wait(ms, signal)
  }
}

/** Longer after each failure, and never shorter than a refusal says. */
function pauseAfter(failures: number, error?: unknown): number {
  const ms = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? LONGEST_MS
  const told = error instanceof ApiError ? error.facts.retry_after_seconds : undefined
  return typeof told === 'number' && told > 0 ? Math.max(ms, Math.min(told, MOST_TOLD_SECONDS) * 1000) : ms
}

/** What is not there, or not ours, does not come back by asking again. */
function isForGood(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}

async function* eventsOf(answer: Response): AsyncGenerator<StreamEvent> {
  if (answer.body === null) return
  const parser = new StreamParser()
  const decoder = new TextDecoder()
  const reader = answer.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
