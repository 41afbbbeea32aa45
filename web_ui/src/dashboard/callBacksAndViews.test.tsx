import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Office, pageOf, panelOf, rowOf } from '../testing/office'
import { dayIso } from '../words/dates'

const DATA = 'GET /api/dashboard/data'
const NOTES = 'POST /api/dashboard/notes'

afterEach(() => {
  vi.unstubAllGlobals()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

test('a note with a day asks for a call-back, and the day is kept until it is posted', async () => {
  const office = new Office()
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a')))
  const page = office.open('dashboard?person=a')
  await screen.findByLabelText('Note for Person a')
  await userEvent.click(screen.getByRole('button', { name: 'Tomorrow' }))
  page.unmount()
  const again = new Office()
  const tomorrow = dayIso(Date.now(), 1)
  again.set(DATA, pageOf([rowOf('a')]))
  again.set('GET /api/candidates/a', panelOf(rowOf('a')))
  again.set(NOTES, rowOf('a', { version: 2, call_back_on: tomorrow, call_back_is_mine: true }))
  again.open('dashboard?person=a')
  expect(((await screen.findByLabelText('Call back on')) as HTMLInputElement).value).toBe(tomorrow)
  await userEvent.click(screen.getByRole('button', { name: 'Post note' }))
  await waitFor(() => expect(again.asked.some(({ what }) => what === NOTES)).toBe(true))
  const posted = again.asked.find(({ what }) => what === NOTES)?.body as Record<string, unknown>
  expect(posted).toMatchObject({ call_back_on: tomorrow })
  expect(posted.note).toMatch(/^Call back on /)
})

test('a call-back that is done is ended with what was typed', async () => {
  const office = new Office()
  const person = { call_back_on: '2026-11-12', call_back_is_mine: true }
  office.set(DATA, pageOf([rowOf('a', person)]))
  office.set('GET /api/candidates/a', panelOf(rowOf('a', person)))
  office.set(NOTES, rowOf('a', { version: 2 }))
  office.open('dashboard?person=a')
  await userEvent.type(await screen.findByLabelText('Note for Person a'), 'Reached him')
  await userEvent.click(screen.getByRole('button', { name: 'Call-back done' }))
  await waitFor(() => expect(office.asked.some(({ what }) => what === NOTES)).toBe(true))
  const posted = office.asked.find(({ what }) => what === NOTES)?.body
  expect(posted).toMatchObject({ note: 'Reached him', call_back_done: true })
})

test('a saved view opens its filters, and a deleted one can be brought back', async () => {
  const office = new Office()
  const filters = { rank: 'Master', status: '', archive: false, q: '', country: 'Norway', call_backs: false }
  office.set(DATA, pageOf([rowOf('a')]))
  office.set('GET /api/views', { views: [{ view_id: 'v', name: 'Masters of Norway', filters }] })
  office.set('DELETE /api/views/v', {})
  office.set('POST /api/views', { view_id: 'w', name: 'Masters of Norway', filters })
  office.open('dashboard')
  await userEvent.click(await screen.findByRole('button', { name: 'Masters of Norway' }))
  expect(await screen.findByRole('heading', { name: 'Masters of Norway' })).toBeTruthy()
  expect(window.location.search).toContain('country=Norway')
  await userEvent.click(screen.getByRole('button', { name: 'Delete the view Masters of Norway' }))
  await userEvent.click(await screen.findByText(/^Undo/))
  await waitFor(() =>
    expect(office.asked.find(({ what }) => what === 'POST /api/views')?.body).toEqual({
      name: 'Masters of Norway',
      filters,
    }),
  )
})
