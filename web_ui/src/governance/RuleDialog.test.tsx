import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import { RuleDialog } from './RuleDialog'

const NOBODY = { people: 0, held: 0, by_rank: [], first: [] }

function shown() {
  const asked: unknown[] = []
  vi.stubGlobal(
    'fetch',
    vi.fn(async (address: string, init: { method: string; body?: string }) => {
      if (address.endsWith('/preview')) asked.push(JSON.parse(init.body ?? 'null'))
      const answer = address.endsWith('/preview') ? NOBODY : { rank_counts: [] }
      return new Response(JSON.stringify(answer), { status: 200 })
    }),
  )
  const config = { mode: 'cloud', apiBaseUrl: 'http://cloud.example.com', demo: null } as const
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ApisProvider apis={buildApis(config, sessionStorage)}>
          <RuleDialog rule={null} onClose={vi.fn()} />
        </ApisProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return asked
}

const show = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Show whom it would delete' })

it('takes the months as they are typed into a field that was emptied first', async () => {
  const asked = shown()
  const months = await screen.findByLabelText<HTMLInputElement>(/so many months/)
  await userEvent.clear(months)
  expect(months.value).toBe('')
  expect(show().disabled).toBe(true)
  await userEvent.type(months, '36')
  await userEvent.click(show())
  await screen.findByText('Today it would delete nobody.')
  expect(asked).toEqual([expect.objectContaining({ months: 36, grace_days: 30 })])
  expect(document.activeElement).toBe(screen.getByRole('status'))
})

it('keeps a number that is too large, and says what it may be', async () => {
  shown()
  const days = await screen.findByLabelText<HTMLInputElement>(/can be brought back/)
  await userEvent.clear(days)
  await userEvent.type(days, '400')
  expect(days.value).toBe('400')
  screen.getByText('From 1 to 365')
  expect(show().disabled).toBe(true)
})
