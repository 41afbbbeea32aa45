import { expect, test } from 'vitest'
import type { DashboardChanges, DashboardRow } from '../generated/types'
import { pageOf, rowOf } from '../testing/office'
import { addedBy, foldChanges, type Pages, seqOf } from './foldChanges'

const pages = (...found: [number, DashboardRow[]][]): Pages => ({
  pages: found.map(([seq, rows]) => ({ ...pageOf(rows), seq })),
  pageParams: found.map(() => null),
})
const changes = (rows: DashboardRow[], gone: string[] = [], seq = 9): DashboardChanges => ({
  ...pageOf(rows),
  gone,
  seq,
  too_many: false,
})
const names = (data: Pages) =>
  data.pages.map((page) => page.rows.map((row) => `${row.candidate_id} ${row.status}`))

test('known people change in their places, and nobody is inserted', () => {
  const before = pages([5, [rowOf('a'), rowOf('b')]], [6, [rowOf('c')]])
  const after = foldChanges(before, 5, changes([rowOf('c', { status: 'Contacted' }), rowOf('new')]))
  expect(names(after)).toEqual([['a New', 'b New'], ['c Contacted']])
  expect(seqOf(after)).toBe(9)
})

test('who left the list is taken out of it', () => {
  expect(names(foldChanges(pages([5, [rowOf('a'), rowOf('b')]]), 5, changes([], ['a'])))).toEqual([['b New']])
})

test('a page that was read before is asked for again', () => {
  const late = pages([3, [rowOf('a')]], [7, [rowOf('b')]])
  expect(seqOf(foldChanges(late, 5, changes([])))).toBe(3)
})

test('those who were added are counted until they leave', () => {
  const added = addedBy(new Set(['x']), changes([rowOf('a'), rowOf('b')]))
  expect([...added]).toEqual(['x', 'a', 'b'])
  expect([...addedBy(added, changes([], ['x', 'b']))]).toEqual(['a'])
})
