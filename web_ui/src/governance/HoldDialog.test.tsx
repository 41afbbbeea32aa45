import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import { HoldDialog } from './HoldDialog'

function show(onClose = vi.fn()) {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify({ candidate_id: 'c1', hold: null }), { status: 200 })),
  )
  const config = { mode: 'cloud', apiBaseUrl: 'http://cloud.example.com', demo: null } as const
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ApisProvider apis={buildApis(config, sessionStorage)}>
          <HoldDialog candidateId="c1" name="Asta Berg" onClose={onClose} />
        </ApisProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return onClose
}

it('has the focus in the reason, although that comes after the dialog', async () => {
  show()
  const why = await screen.findByLabelText('Why')
  await vi.waitFor(() => expect(document.activeElement).toBe(why))
})

it('keeps a typed reason when Escape is pressed, and closes without one', async () => {
  const closed = show()
  const user = userEvent.setup()
  const why = await screen.findByLabelText('Why')
  await user.type(why, 'Court{Escape}')
  expect(closed).not.toHaveBeenCalled()
  expect((why as HTMLTextAreaElement).value).toBe('Court')
  await user.clear(why)
  await user.keyboard('{Escape}')
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
})
