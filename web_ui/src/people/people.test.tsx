import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InvitationView, MemberView } from '../generated/types'
import { ME, Office, pageOf } from '../testing/office'

function member(change: Partial<MemberView>): MemberView {
  return {
    user_id: 'u2',
    email: 'leif@fjord.example.com',
    full_name: 'Leif Strand',
    role: 'recruiter',
    active: true,
    joined_at: '2026-11-01T08:00:00Z',
    computers: 2,
    last_seen_at: null,
    ...change,
  }
}

const INVITATION: InvitationView = {
  invitation_id: 'i1',
  email: 'nina@example.com',
  role: 'manager',
  invited_by: 'Ingrid Havstrøm',
  sent_at: '2026-11-12T08:00:00Z',
  expires_at: '2026-11-19T08:00:00Z',
  expired: false,
}

function asked(office: Office, what: string): unknown[] {
  return office.asked.filter((each) => each.what === what).map((each) => each.body)
}

describe('people of the office', () => {
  let office: Office
  const me = member({ user_id: ME.user_id, full_name: ME.full_name, email: ME.email, role: 'admin' })

  beforeEach(() => {
    office = new Office()
    office.set('GET /api/me', { ...ME, role: 'admin', actions: [...ME.actions, 'members.read'] })
    office.set('GET /api/members', { members: [me, member({})] })
    office.set('GET /api/invitations', { invitations: [] })
  })

  it('changes a role, and takes it back with Undo', async () => {
    const user = userEvent.setup()
    office.set('POST /api/members/u2/role', {})
    office.open('people')
    await user.click(await screen.findByRole('combobox', { name: 'Role of Leif Strand' }))
    await user.click(await screen.findByRole('option', { name: 'Manager' }))
    expect(await screen.findByText('Leif Strand is a manager now')).toBeDefined()
    await user.click(screen.getByRole('button', { name: /^Undo/ }))
    await waitFor(() =>
      expect(asked(office, 'POST /api/members/u2/role')).toEqual([
        { role: 'manager' },
        { role: 'recruiter' },
      ]),
    )
  })

  it('asks before it switches somebody off, and offers the way back', async () => {
    const user = userEvent.setup()
    office.set('POST /api/members/u2/deactivate', () => {
      office.set('GET /api/members', { members: [me, member({ active: false })] })
      return {}
    })
    office.set('POST /api/members/u2/reactivate', {})
    office.open('people')
    await user.click(await screen.findByRole('button', { name: 'Switch off Leif Strand' }))
    const question = await screen.findByRole('dialog', { name: 'Switch off Leif Strand?' })
    expect(asked(office, 'POST /api/members/u2/deactivate')).toEqual([])
    await user.click(within(question).getByRole('button', { name: 'Switch off' }))
    await user.click(await screen.findByRole('button', { name: 'Switch on Leif Strand again' }))
    await waitFor(() => expect(asked(office, 'POST /api/members/u2/reactivate')).toHaveLength(1))
  })

  it('says why the last admin stays, and offers nobody their own role', async () => {
    const user = userEvent.setup()
    office.refuse('POST /api/members/u2/deactivate', 'member.last-admin', 409)
    office.open('people')
    await user.click(await screen.findByRole('button', { name: 'Switch off Leif Strand' }))
    await user.click(await screen.findByRole('button', { name: 'Switch off' }))
    expect(await screen.findByText(/needs at least one admin/)).toBeDefined()
    expect(screen.queryByRole('combobox', { name: `Role of ${ME.full_name}` })).toBeNull()
  })

  it('invites an address, and shows the link once', async () => {
    const user = userEvent.setup()
    const link = 'https://office.example.com/app/#invitation=nji_abc'
    office.set('POST /api/invitations', { invitation: INVITATION, invitation_token: 'nji_abc', link })
    office.open('people')
    await user.type(await screen.findByRole('textbox', { name: 'E-mail address' }), ' nina@example.com ')
    await user.click(screen.getByRole('button', { name: 'Make an invitation' }))
    expect(await screen.findByText(link)).toBeDefined()
    expect(screen.getByRole('link', { name: 'Write a mail' }).getAttribute('href')).toContain('mailto:')
    expect(asked(office, 'POST /api/invitations')).toEqual([{ email: 'nina@example.com', role: 'recruiter' }])
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(screen.queryByText(link)).toBeNull()
  })

  it('is not shown to others', async () => {
    office.set('GET /api/me', ME)
    office.open('people')
    expect(await screen.findByText(/Your role does not include this/)).toBeDefined()
    expect(asked(office, 'GET /api/members')).toEqual([])
  })
})

describe('joining', () => {
  const SEEN = {
    organisation_name: 'Fjord Crewing',
    email: 'nina@example.com',
    role: 'admin',
    invited_by: 'Ingrid Havstrøm',
    expires_at: '2026-11-19T08:00:00Z',
  }

  it('says what the link is for, wants a password that is long enough, and signs in', async () => {
    const user = userEvent.setup()
    const office = new Office()
    office.set('POST /api/auth/invitation', SEEN)
    office.set('POST /api/auth/join', { access_token: 't', refresh_token: 'r', me: ME })
    office.set('GET /api/dashboard/data', pageOf([]))
    office.open('', 'nji_abc')
    expect(await screen.findByText('Ingrid Havstrøm invites you as an admin.')).toBeDefined()
    await user.type(screen.getByRole('textbox', { name: 'Your name, as colleagues read it' }), 'Nina Novak')
    const password = screen.getByLabelText('Choose a password')
    await user.type(password, 'too short')
    await user.click(screen.getByRole('button', { name: 'Join Fjord Crewing' }))
    expect(await screen.findByText('12 characters at least; this has 9.')).toBeDefined()
    await user.type(password, ' no more')
    await user.click(screen.getByRole('button', { name: 'Join Fjord Crewing' }))
    await waitFor(() =>
      expect(asked(office, 'POST /api/auth/join')).toEqual([
        { invitation_token: 'nji_abc', full_name: 'Nina Novak', password: 'too short no more' },
      ]),
    )
    expect(await screen.findByRole('navigation', { name: 'Screens' })).toBeDefined()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('asks whoever is signed in already what they want', async () => {
    const user = userEvent.setup()
    const office = new Office()
    office.set('GET /api/dashboard/data', pageOf([]))
    office.open('', 'nji_abc', { signedIn: true })
    const question = await screen.findByRole('dialog', { name: 'You are signed in already' })
    await user.click(within(question).getByRole('button', { name: `Go on as ${ME.full_name}` }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('says why an invitation cannot be used, and leads to the sign-in', async () => {
    const user = userEvent.setup()
    const office = new Office()
    office.refuse('POST /api/auth/invitation', 'invitation.used', 409)
    office.open('', 'nji_abc')
    expect(await screen.findByText('This invitation was used already.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'I have an account: sign in' }))
    await user.click(await screen.findByRole('button', { name: 'I have an invitation' }))
    await user.type(screen.getByRole('textbox', { name: 'Link or code' }), 'nothing of the kind')
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(await screen.findByText(/There is no invitation in this/)).toBeDefined()
  })
})
