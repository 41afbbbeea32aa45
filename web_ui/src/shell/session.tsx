/** Who is signed in, and whether this page may talk to its agent at all. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useState,
} from 'react'
import { AgentAccess } from '../api/access'
import { useApis } from '../api/context'
import { asApiError } from '../api/problem'
import type { Me } from '../generated/types'
import { tellOtherWindows, useOthersSignIns } from './otherWindows'

export type SignedIn =
  /** Nobody has answered yet. */
  | { kind: 'unknown' }
  | { kind: 'in'; me: Me }
  /** Nobody is signed in. */
  | { kind: 'out' }
  /** The office cannot be asked now; the work on this computer goes on. */
  | { kind: 'unreachable'; error: unknown; me: Me | null }

interface SessionState {
  signedIn: SignedIn
  /** The page's session with the agent is over. */
  agentLost: boolean
  signIn(email: string, password: string): Promise<void>
  signOut(): Promise<void>
  join(invitationToken: string, fullName: string, password: string): Promise<void>
}

const SessionContext = createContext<SessionState | null>(null)

export function useSession(): SessionState {
  const session = use(SessionContext)
  if (session === null) throw new Error('SessionProvider is missing')
  return session
}

/** The signed-in person, or null. */
export function useMe(): Me | null {
  const { signedIn } = useSession()
  return signedIn.kind === 'in' || signedIn.kind === 'unreachable' ? signedIn.me : null
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const apis = useApis()
  const queries = useQueryClient()
  const agentLost = useAgentAccess()
  const [, lookAgain] = useReducer((turn: number) => turn + 1, 0)
  useEffect(() => apis.access.onLost(lookAgain), [apis])
  const { data, error } = useQuery({
    queryKey: ['me'],
    queryFn: () => apis.cloud.me(),
    enabled: !agentLost && (apis.agent !== null || apis.access.token() !== null),
    refetchInterval: 60_000,
    refetchOnWindowFocus: 'always',
    retry: false,
  })
  useOthersSignIns(queries, data?.user_id)
  const signIn = useCallback(
    async (email: string, password: string) => {
      await apis.signIn(email, password)
      tellOtherWindows()
      lookAgain()
      await queries.invalidateQueries()
    },
    [apis, queries],
  )
  const signOut = useCallback(async () => {
    await apis.signOut()
    tellOtherWindows()
    // Another person may sign in next: nothing of this one may stay in the page.
    queries.clear()
    window.location.assign(import.meta.env.BASE_URL)
  }, [apis, queries])
  const join = useCallback(
    async (invitationToken: string, fullName: string, password: string) => {
      await apis.join(invitationToken, fullName, password)
      tellOtherWindows()
      lookAgain()
      await queries.invalidateQueries()
    },
    [apis, queries],
  )
  const noToken = apis.agent === null && apis.access.token() === null
  const value = useMemo(
    () => ({ signedIn: signedInOf(data, error, noToken), agentLost, signIn, signOut, join }),
    [data, error, noToken, agentLost, signIn, signOut, join],
  )
  return <SessionContext value={value}>{children}</SessionContext>
}

export function signedInOf(me: Me | undefined, error: unknown, noToken: boolean): SignedIn {
  if (noToken) return { kind: 'out' }
  if (error) {
    const { reason } = asApiError(error)
    if (reason.startsWith('auth.') && reason !== 'auth.provider-unavailable') return { kind: 'out' }
    return { kind: 'unreachable', error, me: me ?? null }
  }
  return me === undefined ? { kind: 'unknown' } : { kind: 'in', me }
}

/** Keep the page's session with the agent alive, and tell when it is over. */
function useAgentAccess(): boolean {
  const { access } = useApis()
  const [lost, setLost] = useState(access instanceof AgentAccess && access.token() === null)
  useEffect(() => {
    if (!(access instanceof AgentAccess) || lost) return
    const stopListening = access.onLost(() => setLost(true))
    let timer: ReturnType<typeof setTimeout>
    const schedule = () => {
      timer = setTimeout(renew, Math.min(access.renewIn(Date.now()), 10 * 60_000))
    }
    // An agent that does not answer now is asked again; every screen says so meanwhile.
    const renew = () => void access.renew().then(schedule, schedule)
    schedule()
    return () => {
      stopListening()
      clearTimeout(timer)
    }
  }, [access, lost])
  return lost
}
