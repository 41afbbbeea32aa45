import { expect, test } from 'vitest'
import { filtersOf, searchOf, viewOf } from './views'

const filters = { rank: 'Master', status: '' as const, archive: false, q: '', country: '', call_backs: true }
const view = { view_id: 'v', name: 'Masters to call', filters }

test('a view opens as the address that it was saved from', () => {
  const search = { rank: 'Master', calls: true }
  expect(filtersOf({ ...search, person: 'p' })).toEqual({ rank: 'Master', call_backs: true })
  expect(searchOf(filters)).toEqual({
    rank: 'Master',
    status: undefined,
    archive: undefined,
    q: undefined,
    country: undefined,
    calls: true,
  })
})

test('the view of an address is known by its filters, whoever’s panel is open', () => {
  expect(viewOf([view], { rank: 'Master', calls: true, person: 'p' })?.name).toBe('Masters to call')
  expect(viewOf([view], { rank: 'Master' })).toBeUndefined()
})
