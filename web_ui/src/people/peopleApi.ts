/** The routes of the people of an office and of invitations (docs/ROUTES.md). */
import type { Client } from '../api/client'
import type {
  InvitationList,
  InvitationMade,
  InvitationSeen,
  Invite,
  MemberList,
  Role,
} from '../generated/types'

export function peopleApi({ call }: Pick<Client, 'call'>) {
  return {
    invitation: (token: string) =>
      call<InvitationSeen>('POST', '/api/auth/invitation', { body: { invitation_token: token } }),
    members: () => call<MemberList>('GET', '/api/members'),
    setRole: (userId: string, role: Role) =>
      call<void>('POST', `/api/members/${userId}/role`, { body: { role } }),
    setActive: (userId: string, on: boolean) =>
      call<void>('POST', `/api/members/${userId}/${on ? 'reactivate' : 'deactivate'}`, { body: {} }),
    invitations: () => call<InvitationList>('GET', '/api/invitations'),
    invite: (request: Invite) => call<InvitationMade>('POST', '/api/invitations', { body: request }),
    renewInvitation: (invitationId: string) =>
      call<InvitationMade>('POST', `/api/invitations/${invitationId}/renew`, { body: {} }),
    revokeInvitation: (invitationId: string) =>
      call<void>('POST', `/api/invitations/${invitationId}/revoke`, { body: {} }),
  }
}
