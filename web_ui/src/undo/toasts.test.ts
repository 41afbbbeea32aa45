import { expect, test } from 'vitest'
import { ApiError } from '../api/problem'
import { Toasts, UNDO_MS } from './toasts'

test('the newest step is undone first, and only within its time', async () => {
  let now = 0
  const toasts = new Toasts(() => now)
  const undone: string[] = []
  const step = (name: string) => toasts.offerUndo(name, async () => void undone.push(name))
  step('first')
  now = UNDO_MS - 1000
  step('second')
  expect(toasts.undoNewest()).toBe(true)
  now = UNDO_MS + 1
  expect(toasts.undoNewest()).toBe(false)
  await Promise.resolve()
  expect(undone).toEqual(['second'])
})

test('an undo that is refused says why', async () => {
  const toasts = new Toasts(() => 0)
  toasts.offerUndo('Verified A', () => Promise.reject(new ApiError('undo.too-late')))
  toasts.undoNewest()
  await new Promise((resolve) => setTimeout(resolve))
  expect(toasts.current().at(-1)?.error?.reason).toBe('undo.too-late')
})

test('words go by themselves, errors stay', () => {
  let now = 0
  const toasts = new Toasts(() => now)
  toasts.say('fine')
  toasts.fail(new ApiError('server.fault'))
  now = 3_600_000
  toasts.sweep()
  expect(toasts.current().map(({ error }) => error?.reason)).toEqual(['server.fault'])
})
