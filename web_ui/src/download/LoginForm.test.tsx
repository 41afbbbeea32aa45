/** After a refused login the form is there to be mended, not to be filled in once more. */
import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { PortalAccount } from '../generated/types'
import { LoginForm } from './LoginForm'

const NOBODY: PortalAccount = { username: '', phone: '', password_is_kept: false, otp_hint_url: '' }
const SENT = { username: 'fjord', password: 'wrong', phone: '0555010123', remember: false }

test('what was sent stays, but for the password', () => {
  render(
    <MantineProvider env="test">
      <LoginForm
        account={NOBODY}
        demo={null}
        busy={false}
        start={{ mutate: () => undefined, variables: SENT }}
      />
    </MantineProvider>,
  )
  const typedIn = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value
  expect(typedIn('User name')).toBe('fjord')
  expect(typedIn('Phone for the code')).toBe('0555010123')
  expect(typedIn('Portal password')).toBe('')
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
})
