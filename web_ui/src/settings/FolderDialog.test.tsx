/** The folder dialog: the system's own dialog where a window offers it, and no button where none does. */
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import { KeysProvider } from '../keys/keys'
import { ToastsProvider } from '../undo/ToastShelf'
import { FolderDialog } from './FolderDialog'

function show(answers: Record<string, object>): void {
  const send = vi.fn((address: string, init?: RequestInit) => {
    const found = answers[`${init?.method} ${new URL(address, 'http://127.0.0.1').pathname}`]
    return Promise.resolve(
      new Response(JSON.stringify(found), { headers: { 'Content-Type': 'application/json' } }),
    )
  })
  vi.stubGlobal('fetch', send)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <ApisProvider apis={buildApis({ mode: 'agent', apiBaseUrl: '', demo: null }, window.sessionStorage)}>
          <KeysProvider>
            <ToastsProvider>
              <FolderDialog opened current={null} onClose={() => undefined} />
            </ToastsProvider>
          </KeysProvider>
        </ApisProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

const HOME = { path: '/home/kari', parent: '/home', folders: [] }

test('the folder that was chosen in the system’s dialog is filled in', async () => {
  show({
    'GET /health': { native_dialogs: true },
    'GET /folders': HOME,
    'POST /dialogs/folder': { path: '/home/kari/Resumes' },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Choose…' }))
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Whole path' }).value).toBe(
      '/home/kari/Resumes',
    ),
  )
})

test('a page without the window offers no system dialog', async () => {
  show({ 'GET /health': { native_dialogs: false }, 'GET /folders': HOME })
  await screen.findByText('No folders in here.')
  expect(screen.queryByRole('button', { name: 'Choose…' })).toBeNull()
})
