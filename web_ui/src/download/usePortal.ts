/** The portal session as the agent has it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import type { SessionStart, SessionState, SessionView } from '../generated/types'

const ON_THE_WAY: readonly SessionState[] = ['connecting', 'verifying']

export function usePortalSession() {
  const agent = useAgent()
  return useQuery({
    queryKey: ['agent', 'session'],
    queryFn: agent.session,
    refetchInterval: (query) =>
      query.state.data && ON_THE_WAY.includes(query.state.data.state) ? 800 : 3000,
  })
}

/** An action on the session whose answer is the session. */
export function useSessionAction<T>(act: (input: T) => Promise<SessionView>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (input: T) => {
      // An older look at the session must not come in after this answer.
      await queries.cancelQueries({ queryKey: ['agent', 'session'] })
      return act(input)
    },
    onSuccess: (view) => {
      queries.setQueryData(['agent', 'session'], view)
      void queries.invalidateQueries({ queryKey: ['agent', 'account'] })
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['agent', 'session'] }),
  })
}

/** Logging in with what this computer keeps: nothing to type but the code. */
export function usePortalLogin() {
  const agent = useAgent()
  const { data: session } = usePortalSession()
  const { data: account } = usePortalAccount()
  const start = useSessionAction(agent.startSession)
  const keptLogin: SessionStart | null =
    account?.password_is_kept && account.username !== '' && account.phone !== ''
      ? { username: account.username, password: '', phone: account.phone, remember: true }
      : null
  return { session, account, keptLogin, start }
}

export function usePortalAccount() {
  const agent = useAgent()
  return useQuery({ queryKey: ['agent', 'account'], queryFn: agent.portalAccount, staleTime: 30_000 })
}
