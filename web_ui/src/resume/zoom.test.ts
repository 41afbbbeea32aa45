import { expect, test } from 'vitest'
import { FIT, nextZoom, readZoom, writeZoom } from './zoom'

const storage = (kept: string | null) => ({ getItem: () => kept })

test('a page opens at its whole width, also where an older choice cut it off', () => {
  expect(FIT).toBe(1)
  expect(readZoom(storage(null))).toBe(FIT)
  expect(readZoom(storage('1.1'))).toBe(FIT)
  expect(readZoom(storage('nonsense'))).toBe(FIT)
})

test('a choice is kept', () => {
  const kept = new Map<string, string>()
  writeZoom({ setItem: (key, value) => void kept.set(key, value) }, nextZoom(FIT, 1))
  expect(readZoom({ getItem: (key) => kept.get(key) ?? null })).toBe(1.2)
})

test('larger and smaller end at the last size', () => {
  expect(nextZoom(2.6, 1)).toBe(2.6)
  expect(nextZoom(0.6, -1)).toBe(0.6)
})
