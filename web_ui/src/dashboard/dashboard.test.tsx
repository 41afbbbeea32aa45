import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, expect, test, vi } from 'vitest'
import { REASONS } from '../generated/reasons'
import { Office, pageOf, panelOf, rowOf } from '../testing/office'

const DATA = 'GET /api/dashboard/data'

afterEach(() => {
  vi.unstubAllGlobals()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

test('defect 7: a refresh that fails leaves the table as it is, and says so', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  office.open('dashboard')
  await screen.findByText('Person a')
  office.refuse(DATA, 'server.database-unavailable', 503)
  await office.readAgain()
  expect(await screen.findByText(REASONS['server.database-unavailable'].sentence)).toBeTruthy()
  expect(screen.getByText('Person a')).toBeTruthy()
  expect(screen.getByText('Person b')).toBeTruthy()
  expect(screen.getByText(/The list is as it was at/)).toBeTruthy()
})

test('defect 7: a database error is never shown as an empty dashboard', async () => {
  const office = new Office()
  office.refuse(DATA, 'server.database-unavailable', 503)
  office.open('dashboard')
  await screen.findByText(REASONS['server.database-unavailable'].sentence)
  expect(screen.queryByText(/Nobody is on the dashboard/)).toBeNull()
})

test('defect 11: a filter keeps its focus and its text while the list is read again', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.open('dashboard')
  await screen.findByText('Person a')
  const field = screen.getByLabelText('Filter by name, phone or number') as HTMLInputElement
  await userEvent.type(field, 'Per')
  office.set(DATA, pageOf([rowOf('b'), rowOf('a', { status: 'Contacted' })]))
  await office.readAgain()
  await userEvent.type(field, 'son')
  await screen.findByText('Person b')
  expect(field.value).toBe('Person')
  expect(document.activeElement).toBe(field)
})

test('defect 11: a note keeps its focus and its text while others change the person', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  const page = office.open('dashboard?person=a')
  const note = (await screen.findByLabelText('Note for Person a')) as HTMLTextAreaElement
  await userEvent.type(note, 'Call ba')
  office.set('GET /api/candidates/a', panelOf(rowOf('a', { version: 2, status: 'Contacted' })))
  await office.readAgain()
  await userEvent.type(note, 'ck')
  expect(note.value).toBe('Call back')
  expect(document.activeElement).toBe(note)
  page.unmount()
  new Office().open('dashboard')
  expect(window.localStorage.getItem('njordhr.draft.a')).toBe('Call back')
})

test('a note on a person whom somebody changed says who did, and stays typed', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  office.refuse('POST /api/dashboard/notes', 'candidate.changed-meanwhile', 409, {
    version: 5,
    status: 'Contacted',
    touched_by: 'Leif Skjærholm',
    touched_at: '2026-11-12T08:00:00Z',
  })
  office.open('dashboard?person=a')
  const note = (await screen.findByLabelText('Note for Person a')) as HTMLTextAreaElement
  await userEvent.type(note, 'Call back{Control>}{Enter}{/Control}')
  expect(await screen.findByText(/Leif Skjærholm changed this person/)).toBeTruthy()
  expect(note.value).toBe('Call back')
  office.set('POST /api/dashboard/notes', rowOf('a', { version: 6 }))
  await userEvent.click(screen.getByText('Post it all the same'))
  await waitFor(() => expect(note.value).toBe(''))
  expect(office.asked.findLast(({ what }) => what.endsWith('notes'))?.body).toMatchObject({ version: 5 })
})

test('a note and at once a status do not conflict with each other', async () => {
  const office = new Office()
  let person = rowOf('a')
  office.set(DATA, () => pageOf([person]))
  office.set('GET /api/candidates/a', () => panelOf(person))
  const change = (to: Partial<typeof person>) => () => {
    const asked = office.asked.at(-1)?.body as { version: number }
    if (asked.version !== person.version)
      return { refusal: 'candidate.changed-meanwhile', status: 409 } as const
    person = { ...person, ...to, version: person.version + 1 }
    return person
  }
  office.set('POST /api/dashboard/notes', change({ notes: 'Joins in January' }))
  office.set('POST /api/dashboard/status', change({ status: 'Contacted', allowed_statuses: [] }))
  office.open('dashboard?person=a')
  const note = await screen.findByLabelText('Note for Person a')
  await userEvent.type(note, 'Joins in January')
  const user = userEvent.setup({ delay: null })
  void user.keyboard('{Control>}{Enter}{/Control}')
  void user.click(screen.getByRole('button', { name: /2Contacted/ }))
  await waitFor(() => expect(person.version).toBe(3))
  expect(screen.queryByText(/changed this person/)).toBeNull()
  await waitFor(() => expect(screen.getByRole('table').textContent).toContain('Contacted'))
})

test('Escape leaves the note with its text, and the keys work again', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  office.set('POST /api/dashboard/status', rowOf('a', { status: 'Contacted', version: 2 }))
  office.open('dashboard?person=a')
  const note = (await screen.findByLabelText('Note for Person a')) as HTMLTextAreaElement
  await userEvent.type(note, 'Call back 2{Escape}')
  expect(document.activeElement).not.toBe(note)
  expect(note.value).toBe('Call back 2')
  await userEvent.keyboard('2')
  await waitFor(() => expect(office.asked.some(({ what }) => what.endsWith('status'))).toBe(true))
})

test('J takes the focus from a link into the list, so that Enter opens the person', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  office.set('GET /api/candidates/b', panelOf(rowOf('b')))
  office.open('dashboard')
  await screen.findByText('Person a')
  screen.getByRole('link', { name: 'Dashboard' }).focus()
  await userEvent.keyboard('jj')
  expect(document.activeElement).toBe(screen.getByRole('row', { name: /Person b/ }))
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByLabelText('Note for Person b')).toBeTruthy()
})

test('a click anywhere on a row opens the person, a click on its box only selects', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  office.open('dashboard')
  await userEvent.click(await screen.findByLabelText('Select Person a'))
  expect(screen.queryByRole('complementary')).toBeNull()
  expect(screen.getByText('1 selected')).toBeTruthy()
  await userEvent.click(screen.getByText('Sri Lanka'))
  expect(await screen.findByLabelText('Note for Person a')).toBeTruthy()
  expect(screen.getByRole('row', { name: /Person a/ }).getAttribute('aria-current')).toBe('true')
})

test('a status is shown at once, and taken back when it is refused', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.refuse('POST /api/dashboard/status', 'server.fault', 500)
  office.open('dashboard')
  await screen.findByText('Person a')
  await userEvent.keyboard('j2')
  expect(await screen.findByText(REASONS['server.fault'].sentence)).toBeTruthy()
  const table = within(screen.getByRole('table'))
  expect(table.getByText('New')).toBeTruthy()
  expect(table.queryByText('Contacted')).toBeNull()
})

test('a status that is not allowed says why and asks nobody', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.open('dashboard')
  await screen.findByText('Person a')
  await userEvent.keyboard('j3')
  expect(await screen.findByText(/From New the next step is Contacted/)).toBeTruthy()
  expect(office.asked.some(({ what }) => what.startsWith('POST /api/dashboard'))).toBe(false)
})

test('what others add never moves the rows that are on screen', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  office.open('dashboard')
  await screen.findByText('Person a')
  await userEvent.keyboard('jj')
  office.set(DATA, pageOf([rowOf('b', { touched_by: 'Solveig' }), rowOf('a')]))
  await office.readAgain()
  await screen.findByText('Solveig')
  const names = screen.getAllByRole('row').flatMap((row) => row.textContent?.match(/Person ./) ?? [])
  expect(names).toEqual(['Person a', 'Person b'])
})

test('an empty dashboard says what to do, without a barrier that axe finds', async () => {
  const office = new Office()
  office.set(DATA, pageOf([]))
  const { container } = office.open('dashboard')
  await screen.findByText(/Verify resumes under Review/)
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  expect(found.violations.map(({ id }) => id)).toEqual([])
})

test('the dashboard with a panel has no barrier that axe finds', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a'), rowOf('b')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  const { container } = office.open('dashboard?person=a')
  await screen.findByLabelText('Note for Person a')
  // Colours are not drawn here; they are looked at in a real browser.
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
