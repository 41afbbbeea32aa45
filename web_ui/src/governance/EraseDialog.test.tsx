import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import type { Keeping } from '../generated/types'
import { EraseDialog } from './EraseDialog'

const KEPT: Keeping = {
  candidate_id: 'c1',
  hold: null,
  resumes: 2,
  cloud_copies: 1,
  exports: 1,
  computers: [
    { device_id: 'd1', device_name: 'Front desk', owner_name: 'Bela', status: 'active', last_seen_at: null },
  ],
  deleted_at: null,
  erase_at: null,
}

function shown(kept: Keeping) {
  const sent: string[] = []
  const send = vi.fn(async (address: string, init: { method: string }) => {
    sent.push(`${init.method} ${address}`)
    const answer = init.method === 'POST' ? { resumes: 2, cloud_copies: 1, computers: kept.computers } : kept
    return new Response(JSON.stringify(answer), { status: 200 })
  })
  vi.stubGlobal('fetch', send)
  const onErased = vi.fn()
  const config = { mode: 'cloud', apiBaseUrl: 'http://cloud.example.com', demo: null } as const
  const apis = buildApis(config, sessionStorage)
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ApisProvider apis={apis}>
          <EraseDialog
            candidateId="c1"
            name="Asta Berg"
            number="0042"
            onClose={vi.fn()}
            onErased={onErased}
          />
        </ApisProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { sent, onErased }
}

it('erases only when the number was typed, and says where copies stay', async () => {
  const { sent, onErased } = shown(KEPT)
  const erase = await screen.findByRole('button', { name: 'Erase for good' })
  expect(screen.getByText(/cannot be undone/)).toBeTruthy()
  expect(screen.getByText('Front desk')).toBeTruthy()
  expect((erase as HTMLButtonElement).disabled).toBe(true)

  await userEvent.type(screen.getByLabelText(/Type the number 0042/), '42')
  expect((erase as HTMLButtonElement).disabled).toBe(true)
  await userEvent.clear(screen.getByLabelText(/Type the number 0042/))
  await userEvent.type(screen.getByLabelText(/Type the number 0042/), '0042')
  await userEvent.click(erase)

  expect(await screen.findByText(/gone for good/)).toBeTruthy()
  expect(sent).toContain('POST http://cloud.example.com/api/candidates/c1/erase')
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(onErased).toHaveBeenCalled()
})

it('says that a legal hold stands, and does not offer to erase', async () => {
  const hold = { reason: 'A court asked', placed_by: 'Ada', placed_at: '2026-11-12T08:00:00Z' }
  shown({ ...KEPT, hold })
  expect(await screen.findByText(/legal hold stands/)).toBeTruthy()
  expect((screen.getByRole('button', { name: 'Erase for good' }) as HTMLButtonElement).disabled).toBe(true)
})
