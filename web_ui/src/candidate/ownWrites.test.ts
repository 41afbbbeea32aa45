import { expect, test } from 'vitest'
import { ApiError } from '../api/problem'
import { rowOf } from '../testing/office'
import { OwnWrites } from './ownWrites'

/** An office that refuses every version but its own. */
function officeAt(version: number) {
  const office = { version, order: [] as string[] }
  const write = (name: string) => async (onVersion: number) => {
    office.order.push(`${name} asks`)
    await Promise.resolve()
    if (onVersion !== office.version) throw new ApiError('candidate.changed-meanwhile')
    office.version += 1
    office.order.push(`${name} done`)
    return rowOf('a', { version: office.version })
  }
  return { office, write }
}

test('two changes on the version that was on screen do not conflict with each other', async () => {
  const { office, write } = officeAt(1)
  const writes = new OwnWrites()
  const answers = [writes.run('a', 1, write('note')), writes.run('a', 1, write('status'))]
  expect((await Promise.all(answers)).map(({ version }) => version)).toEqual([2, 3])
  expect(office.order).toEqual(['note asks', 'note done', 'status asks', 'status done'])
})

test('a change by somebody else in between still conflicts', async () => {
  const { office, write } = officeAt(1)
  const writes = new OwnWrites()
  await writes.run('a', 1, write('note'))
  office.version += 1
  await expect(writes.run('a', 2, write('status'))).rejects.toThrow(ApiError)
  // Seen on screen, it may be built upon.
  expect((await writes.run('a', 3, write('status'))).version).toBe(4)
})

test('what was refused holds nobody up, and other people do not wait', async () => {
  const writes = new OwnWrites()
  const never = writes.run('slow', 1, () => new Promise(() => undefined))
  await expect(writes.run('a', 1, () => Promise.reject(new ApiError('server.fault')))).rejects.toThrow()
  const { write } = officeAt(1)
  expect((await writes.run('a', 1, write('note'))).version).toBe(2)
  expect(never).toBeInstanceOf(Promise)
})
