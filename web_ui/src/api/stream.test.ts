import { expect, test } from 'vitest'
import { ApiError } from './problem'
import { follow, type StreamEvent, StreamParser } from './stream'

const encoder = new TextEncoder()

function streamOf(...chunks: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
  return new Response(body)
}

test('events are read from text that is cut anywhere', () => {
  const text = ': hello\n\nid: 7\nevent: job\ndata: {"a":\ndata: 1}\n\nid: 8\r\ndata: x\r\n\r\n'
  for (let cut = 0; cut <= text.length; cut++) {
    const parser = new StreamParser()
    const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]
    expect(events).toEqual([
      { id: '7', event: 'job', data: '{"a":\n1}' },
      { id: '8', event: 'message', data: 'x' },
    ])
  }
})

test('a stream that breaks off is opened again after the last event that was read', async () => {
  const opened: string[] = []
  const seen: StreamEvent[] = []
  const answers = [streamOf('id: 1\ndata: a\n\nid: 2\ndata: b\n\n'), streamOf('id: 3\ndata: end\n\n')]
  await follow({
    signal: new AbortController().signal,
    open: async (lastEventId) => {
      opened.push(lastEventId)
      return answers.shift() ?? streamOf()
    },
    onEvent: (event) => {
      seen.push(event)
      return event.data === 'end'
    },
    wait: async () => undefined,
  })
  expect(opened).toEqual(['', '2'])
  expect(seen.map(({ data }) => data)).toEqual(['a', 'b', 'end'])
})

test('a refused connection is tried again with longer pauses, and said', async () => {
  const pauses: number[] = []
  const broken: unknown[] = []
  let left = 3
  await follow({
    signal: new AbortController().signal,
    open: async () => {
      if (left-- > 0) throw new ApiError('agent.unreachable')
      return streamOf('data: end\n\n')
    },
    onEvent: () => true,
    onBroken: (error) => broken.push(error),
    wait: async (ms) => void pauses.push(ms),
  })
  expect(pauses).toEqual([500, 1000, 2000])
  expect(broken).toHaveLength(3)
})

test('what does not exist is not asked for again', async () => {
  const gone = new ApiError('request.not-found', undefined, 404)
  const following = follow({
    signal: new AbortController().signal,
    open: () => Promise.reject(gone),
    onEvent: () => true,
    wait: async () => undefined,
  })
  await expect(following).rejects.toBe(gone)
})

test('a refusal that says when to ask again is obeyed, and the stream goes on then', async () => {
  const pauses: number[] = []
  const said: number[] = []
  let left = 2
  await follow({
    signal: new AbortController().signal,
    open: async () => {
      if (left-- > 0) {
        const facts = { most: 20, retry_after_seconds: 15 }
        throw new ApiError('request.too-many-streams', undefined, 429, '', facts)
      }
      return streamOf('data: end\n\n')
    },
    onEvent: () => true,
    onBroken: (_, pauseMs) => said.push(pauseMs),
    wait: async (ms) => void pauses.push(ms),
  })
  expect(pauses).toEqual([15_000, 15_000])
  expect(said).toEqual(pauses)
})
