import { expect, test } from 'vitest'
import { counted, fileName, type Received } from './saveAnswer'

test('a file gets the name that the answer says, and no folder', () => {
  expect(fileName('attachment; filename="njordhr-diagnostics.zip"')).toBe('njordhr-diagnostics.zip')
  expect(fileName("attachment; filename*=UTF-8''Bj%C3%B8rn.zip; filename=x.zip")).toBe('Bjørn.zip')
  expect(fileName('attachment; filename="../../evil.zip"')).toBe('evil.zip')
  expect(fileName(null)).toBeNull()
})

function answerOf(chunks: readonly Uint8Array<ArrayBuffer>[], headers: Record<string, string>): Response {
  const left = [...chunks]
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(control) {
      const chunk = left.shift()
      if (chunk === undefined) control.close()
      else control.enqueue(chunk)
    },
  })
  return new Response(body, { headers })
}

test('an answer that says its length is told of by its bytes, and comes whole', async () => {
  const chunks = Array.from({ length: 1000 }, (_, at) => new Uint8Array(10).fill(at % 251))
  const seen: Received[] = []
  const headers = { 'content-length': '10000', 'content-type': 'application/zip' }
  const blob = await counted(answerOf(chunks, headers), (now) => seen.push(now)).blob()
  expect(blob.size).toBe(10_000)
  expect(blob.type).toBe('application/zip')
  expect(new Uint8Array(await blob.arrayBuffer()).slice(9_990)).toEqual(chunks[999])
  expect(seen[0]).toEqual({ bytes: 0, length: 10_000 })
  expect(seen.at(-1)).toEqual({ bytes: 10_000, length: 10_000 })
  expect(seen).toHaveLength(101)
})

test('of an answer without a length only what came is told', async () => {
  const seen: Received[] = []
  await counted(answerOf([new Uint8Array(700_000), new Uint8Array(700_000)], {}), (now) =>
    seen.push(now),
  ).blob()
  expect(seen).toEqual([
    { bytes: 0, length: null },
    { bytes: 1_400_000, length: null },
  ])
})

test('an answer that breaks off is no file', async () => {
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(control) {
      control.enqueue(new Uint8Array(5))
      control.error(new TypeError('network'))
    },
  })
  const read = counted(new Response(broken, { headers: { 'content-length': '10' } }), () => undefined).blob()
  await expect(read).rejects.toThrow('network')
})
