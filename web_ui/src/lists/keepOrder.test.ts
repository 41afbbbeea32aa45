import { expect, test } from 'vitest'
import { keepOrder, moved } from './keepOrder'

const idOf = (item: { id: string }) => item.id
const items = (ids: string) => [...ids].map((id) => ({ id }))
const shown = (ids: string) => keepOrder([], items(ids), idOf)
const text = (rows: { id: string; gone: boolean }[]) =>
  rows.map(({ id, gone }) => (gone ? `(${id})` : id)).join('')

test('a list that comes back in another order keeps the order that is on screen', () => {
  expect(text(keepOrder(shown('abcd'), items('dcba'), idOf))).toBe('abcd')
})

test('new rows stand above or below, never between the ones that are looked at', () => {
  expect(text(keepOrder(shown('abc'), items('xaybcz'), idOf))).toBe('xyabcz')
})

test('new rows above are held back when they are to wait, and those below are not', () => {
  expect(text(keepOrder(shown('abc'), items('xaybcz'), idOf, true))).toBe('abcz')
})

test('a row that left stays in its place, marked, and is unmarked when it comes back', () => {
  const without = keepOrder(shown('abc'), items('ac'), idOf)
  expect(text(without)).toBe('a(b)c')
  expect(text(keepOrder(without, items('bac'), idOf))).toBe('abc')
})

test('known rows show what is new in them', () => {
  const before = keepOrder([], [{ id: 'a', status: 'New' }], (row) => row.id)
  const after = keepOrder(before, [{ id: 'a', status: 'Contacted' }], (row) => row.id)
  expect(after[0]?.item.status).toBe('Contacted')
})

test('the cursor moves within the list', () => {
  const ids = ['a', 'b', 'c']
  expect([moved(ids, null, 1), moved(ids, 'a', 1), moved(ids, 'c', 1), moved(ids, 'a', -1)]).toEqual([
    'a',
    'b',
    'c',
    'a',
  ])
  expect(moved(ids, 'gone', 1)).toBe('a')
  expect(moved([], 'a', 1)).toBeNull()
})
