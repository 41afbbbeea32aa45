/** Choosing a filter by typing: Enter chooses, also what is chosen already. */
import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { LabelSelect } from './LabelSelect'

const RANKS = ['2nd Officer', 'DPO 2nd Officer'].map((rank) => ({ portal_label: rank, label: rank }))

function Field() {
  const [rank, setRank] = useState<string | null>(null)
  return (
    <MantineProvider env="test">
      <LabelSelect label="Rank" choices={RANKS} value={rank} onChange={setRank} />
      <output>{rank ?? 'nobody'}</output>
    </MantineProvider>
  )
}

test('whoever types the same rank again keeps it', async () => {
  render(<Field />)
  const field = screen.getByRole('combobox', { name: 'Rank' })
  for (const typed of ['2nd Off', '2nd Officer']) {
    await userEvent.clear(field)
    await userEvent.type(field, `${typed}{Enter}`)
    expect(screen.getByRole('status').textContent).toBe('2nd Officer')
  }
})

test('the cross takes the choice back', async () => {
  render(<Field />)
  await userEvent.type(screen.getByRole('combobox', { name: 'Rank' }), 'dpo{Enter}')
  expect(screen.getByRole('status').textContent).toBe('DPO 2nd Officer')
  await userEvent.click(screen.getByLabelText('Clear rank'))
  expect(screen.getByRole('status').textContent).toBe('nobody')
})
