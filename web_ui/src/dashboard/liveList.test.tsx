import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { DashboardRow } from '../generated/types'
import { ME, Office, pageOf, panelOf, rowOf } from '../testing/office'

const DATA = 'GET /api/dashboard/data'
const CHANGES = 'GET /api/dashboard/changes'

const changed = (seq: number, rows: DashboardRow[], gone: string[] = []) => ({
  ...pageOf(rows),
  total: 2,
  gone,
  seq,
  too_many: false,
})
const names = () => screen.getAllByRole('row').flatMap((row) => row.textContent?.match(/Person ./) ?? [])
const asked = (office: Office, what: string) => office.asked.filter((each) => each.what === what).length

test('what others change is shown in its place without reading the list again', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  const tell = await office.stream()
  office.open('dashboard')
  await screen.findByText('Person a')
  office.set(CHANGES, changed(2, [rowOf('b', { status: 'Contacted', touched_by: 'Solveig', version: 2 })]))
  await tell(2)
  const table = within(screen.getByRole('table'))
  expect(await table.findByText('Contacted')).toBeTruthy()
  expect(names()).toEqual(['Person a', 'Person b'])
  expect(asked(office, DATA)).toBe(1)
  expect(asked(office, CHANGES)).toBe(1)
})

test('others who were added wait above the list until they are asked for', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  const tell = await office.stream()
  office.open('dashboard')
  await screen.findByText('Person a')
  await userEvent.keyboard('jj')
  const added = ['x', 'y', 'z'].map((id) => rowOf(id))
  office.set(CHANGES, changed(2, added))
  await tell(2)
  const show = await screen.findByRole('button', { name: '3 others were added – show' })
  expect(names()).toEqual(['Person a', 'Person b'])
  expect(screen.getByRole('row', { name: /Person b/ }).getAttribute('aria-current')).toBe('true')
  office.set(CHANGES, changed(3, [], ['z']))
  await tell(3)
  await screen.findByRole('button', { name: '2 others were added – show' })
  office.set(DATA, { ...pageOf([rowOf('x'), rowOf('y'), rowOf('a'), rowOf('b')]), seq: 3 })
  await userEvent.click(show)
  await screen.findByText('Person x')
  expect(names()).toEqual(['Person x', 'Person y', 'Person a', 'Person b'])
  expect(screen.queryByRole('button', { name: /were added/ })).toBeNull()
})

test('a note that is being written stays as it was typed while others change the person', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  const tell = await office.stream()
  office.open('dashboard?person=a')
  const note = (await screen.findByLabelText('Note for Person a')) as HTMLTextAreaElement
  await userEvent.type(note, 'Half a sen')
  const theirs = rowOf('a', { status: 'Contacted', touched_by: 'Solveig', version: 2 })
  office.set('GET /api/candidates/a', panelOf(theirs))
  office.set(CHANGES, changed(2, [theirs]))
  await tell(2)
  const table = within(screen.getByRole('table'))
  expect(await table.findByText('Contacted')).toBeTruthy()
  await waitFor(() => expect(asked(office, 'GET /api/candidates/a')).toBeGreaterThan(1))
  expect(document.activeElement).toBe(note)
  await userEvent.type(note, 'tence')
  expect(note.value).toBe('Half a sentence')
})

test('after more changes than can be told the list is read again', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  const tell = await office.stream()
  office.open('dashboard')
  await screen.findByText('Person a')
  office.set(DATA, { ...pageOf([rowOf('a', { touched_by: 'Solveig' })]), seq: 900 })
  office.set(CHANGES, { ...changed(900, []), too_many: true })
  await tell(900)
  expect(await screen.findByText('Solveig')).toBeTruthy()
})

test('the first people appear by themselves in an empty list', async () => {
  const office = new Office()
  office.set(DATA, pageOf([]))
  const tell = await office.stream()
  office.open('dashboard')
  await screen.findByText(/Verify resumes under Review/)
  office.set(DATA, { ...pageOf([rowOf('a')]), seq: 2 })
  office.set(CHANGES, changed(2, [rowOf('a')]))
  await tell(2)
  expect(await screen.findByText('Person a')).toBeTruthy()
})

test('of somebody who was just erased no row stays', async () => {
  const office = new Office()
  office.set('GET /api/me', { ...ME, role: 'admin', actions: [...ME.actions, 'candidates.erase'] })
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  const kept = { candidate_id: 'a', hold: null, resumes: 1, cloud_copies: 0, exports: 0, computers: [] }
  office.set('GET /api/candidates/a/keeping', kept)
  office.set('POST /api/candidates/a/erase', { resumes: 1, cloud_copies: 0, computers: [] })
  office.open('dashboard?person=a')
  await userEvent.click(await screen.findByLabelText('More about Person a'))
  await userEvent.click(await screen.findByText('Erase this person…'))
  await userEvent.type(await screen.findByLabelText(/Type the number 0042/), '0042')
  await userEvent.click(screen.getByRole('button', { name: 'Erase for good' }))
  office.set(DATA, pageOf([rowOf('b')]))
  await userEvent.click(await screen.findByRole('button', { name: 'Done' }))
  await screen.findByText('Person b')
  await waitFor(() => expect(screen.queryByText('Person a')).toBeNull())
})
