/** The APIs of this page, handed to every screen. */
import { createContext, type ReactNode, use } from 'react'
import { OwnWrites } from '../candidate/ownWrites'
import { AgentAccess, CloudAccess } from './access'
import { type AgentApi, agentApi } from './agentApi'
import { createClient } from './client'
import { type CloudApi, cloudApi } from './cloudApi'
import type { AppConfig } from './config'

export interface Apis {
  config: AppConfig
  cloud: CloudApi
  /** Absent in a plain browser. */
  agent: AgentApi | null
  access: AgentAccess | CloudAccess
  /** The order of this page's changes of people. */
  writes: OwnWrites
  signIn(email: string, password: string): Promise<unknown>
  signOut(): Promise<void>
  /** Join an office by invitation, and be signed in. */
  join(invitationToken: string, fullName: string, password: string): Promise<unknown>
  /** The token of an invitation that this page was opened with; empty for none. */
  invitation: string
}

export function buildApis(config: AppConfig, storage: Storage, invitation = ''): Apis {
  const apis = config.mode === 'agent' ? besideAgent(config, storage) : inBrowser(config, storage)
  return { ...apis, invitation }
}

function besideAgent(config: AppConfig, storage: Storage): Omit<Apis, 'invitation'> {
  const access = new AgentAccess(storage)
  const client = createClient({ base: '', access, unreachable: 'agent.unreachable' })
  const agent = agentApi(client)
  return {
    config,
    access,
    agent,
    writes: new OwnWrites(),
    cloud: cloudApi(client),
    signIn: agent.signIn,
    signOut: agent.signOut,
    join: agent.join,
  }
}

function inBrowser(config: AppConfig, storage: Storage): Omit<Apis, 'invitation'> {
  const access = new CloudAccess(config.apiBaseUrl, storage)
  const client = createClient({ base: config.apiBaseUrl, access, unreachable: 'cloud.unreachable' })
  return {
    config,
    access,
    agent: null,
    writes: new OwnWrites(),
    cloud: cloudApi(client),
    signIn: (email, password) => access.signIn(email, password),
    signOut: () => access.signOut(),
    join: (token, fullName, password) => access.join(token, fullName, password),
  }
}

const ApisContext = createContext<Apis | null>(null)

export function ApisProvider({ apis, children }: { apis: Apis; children: ReactNode }) {
  return <ApisContext value={apis}>{children}</ApisContext>
}

export function useApis(): Apis {
  const apis = use(ApisContext)
  if (apis === null) throw new Error('ApisProvider is missing')
  return apis
}

/** The agent's API; only for what is shown beside an agent. */
export function useAgent(): AgentApi {
  const { agent } = useApis()
  if (agent === null) throw new Error('This part is shown beside an agent only')
  return agent
}
