import { afterEach, expect, test, vi } from 'vitest'
import type { CloudApi } from '../api/cloudApi'
import { BEGUN, byCloud, type Exporting, progressOf } from './exporting'

afterEach(() => vi.unstubAllGlobals())

test('how far an export of the cloud is goes by the bytes that it said it has', () => {
  const received = { bytes: 1_200_000, length: 4_800_000 }
  expect(progressOf({ ...BEGUN, people: 3, received })).toEqual({ text: '1.2 MB of 4.8 MB', percent: 25 })
  expect(progressOf({ ...BEGUN, received: { bytes: 11, length: 10 } }).percent).toBe(100)
})

test('without a length nothing is promised', () => {
  const received = { bytes: 1_200_000, length: null }
  expect(progressOf({ ...BEGUN, people: 3, received })).toEqual({ text: '1.2 MB so far', percent: null })
})

test('an export by this computer goes by its people', () => {
  expect(progressOf(BEGUN)).toEqual({ text: 'The office is asked who is in it…', percent: null })
  expect(progressOf({ ...BEGUN, people: 4 })).toEqual({ text: '0 of 4 people', percent: null })
  expect(progressOf({ ...BEGUN, people: 4, done: 1 })).toEqual({ text: '1 of 4 people', percent: 25 })
})

test('the page is told of each part of the ZIP as it comes, and at last that it is done', async () => {
  const link = { click: () => undefined, remove: () => undefined }
  vi.stubGlobal('document', { createElement: () => link, body: { append: () => undefined } })
  const zip = new Response(new Uint8Array(40), { headers: { 'content-length': '40' } })
  const cloud = {
    export: async () => ({ export_id: 'e', people: 2 }),
    openExport: async () => zip,
  } as unknown as CloudApi
  const seen: Exporting[] = []
  await byCloud(cloud).run(
    {} as Parameters<CloudApi['export']>[0],
    (now) => seen.push(now),
    new AbortController().signal,
  )
  expect(seen.map(({ received }) => received)).toEqual([
    null,
    { bytes: 0, length: 40 },
    { bytes: 40, length: 40 },
    null,
  ])
  expect(seen.at(-1)).toMatchObject({ state: 'done', done: 2 })
})
