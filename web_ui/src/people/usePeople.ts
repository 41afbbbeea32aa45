/** The people of the office and their invitations, for admins; each change is shown when the office has it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { Invite, MemberView, Role } from '../generated/types'
import { useToasts } from '../undo/ToastShelf'
import { aRole } from './roles'

const KEY = ['people']

export function usePeople() {
  const { cloud } = useApis()
  const members = useQuery({
    queryKey: [...KEY, 'members'],
    queryFn: cloud.members,
    refetchInterval: 15_000,
  })
  const invitations = useQuery({
    queryKey: [...KEY, 'invitations'],
    queryFn: cloud.invitations,
    refetchInterval: 15_000,
  })
  return { members, invitations }
}

/** Look again, whether it worked or not: a refusal often means that somebody else was faster. */
function useLookAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: KEY })
}

export function useMemberChanges(member: MemberView) {
  const { cloud } = useApis()
  const toasts = useToasts()
  const lookAgain = useLookAgain()
  const role = useMutation({
    mutationFn: (wanted: Role) => cloud.setRole(member.user_id, wanted),
    onSuccess: (_, wanted) =>
      toasts.offerUndo(`${nameOf(member)} is ${aRole(wanted)} now`, async () => {
        await cloud.setRole(member.user_id, member.role)
        await lookAgain()
      }),
    onSettled: lookAgain,
  })
  const active = useMutation({
    mutationFn: (on: boolean) => cloud.setActive(member.user_id, on),
    onSuccess: (_, on) => toasts.say(`${nameOf(member)} is switched ${on ? 'on again' : 'off'}`),
    onSettled: lookAgain,
  })
  return { role, active }
}

export function useInvitationChanges() {
  const { cloud } = useApis()
  const lookAgain = useLookAgain()
  const invite = useMutation({
    mutationFn: (wanted: Invite) => cloud.invite(wanted),
    onSettled: lookAgain,
  })
  const renew = useMutation({
    mutationFn: (invitationId: string) => cloud.renewInvitation(invitationId),
    onSettled: lookAgain,
  })
  const revoke = useMutation({
    mutationFn: (invitationId: string) => cloud.revokeInvitation(invitationId),
    onSettled: lookAgain,
  })
  return { invite, renew, revoke }
}

export function nameOf(member: Pick<MemberView, 'full_name' | 'email'>): string {
  return member.full_name || member.email
}
