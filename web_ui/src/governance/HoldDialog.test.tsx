import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import { HoldDialog } from './HoldDialog'

it('has the focus in the reason, although that comes after the dialog', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify({ candidate_id: 'c1', hold: null }), { status: 200 })),
  )
  const config = { mode: 'cloud', apiBaseUrl: 'http://cloud.example.com', demo: null } as const
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ApisProvider apis={buildApis(config, sessionStorage)}>
          <HoldDialog candidateId="c1" name="Asta Berg" onClose={vi.fn()} />
        </ApisProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  const why = await screen.findByLabelText('Why')
  await vi.waitFor(() => expect(document.activeElement).toBe(why))
})
