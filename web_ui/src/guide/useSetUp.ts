/** How far this computer is set up, and what this page remembers of the guide. */
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useAgent } from '../api/context'
import { useJobFeed } from '../download/JobFeedProvider'
import { usePortalAccount, usePortalSession } from '../download/usePortal'
import { useHealth } from '../shell/health'
import { useMe } from '../shell/session'
import type { SetUp } from './steps'

const LEFT = 'njordhr.guide.left'
const SENDING = 'njordhr.guide.sending'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const remembers = (name: string) => window.localStorage.getItem(name) !== null

function remember(name: string): void {
  window.localStorage.setItem(name, 'yes')
  for (const listener of listeners) listener()
}

/** Whether the guide was left or finished on this computer; then it does not open by itself. */
export const guideWasLeft = () => remembers(LEFT)
export const leaveGuide = () => remember(LEFT)
export const lookedAtSending = () => remember(SENDING)

/** Null until the agent has answered. */
export function useSetUp(): SetUp | null {
  const agent = useAgent()
  const me = useMe()
  const { jobs } = useJobFeed()
  const { data: health } = useHealth()
  const { data: settings } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const { data: session } = usePortalSession()
  const { data: account } = usePortalAccount()
  const sendingWasLookedAt = useSyncExternalStore(subscribe, () => remembers(SENDING))
  if (health === undefined || settings === undefined || account === undefined) return null
  const folder = settings.download_folder
  return {
    signedIn: me !== null,
    paired: health.pairing.paired,
    folderIsUsable: folder !== null && folder.reason === null,
    portalIsKnown:
      session?.state === 'connected' ||
      (account.username !== '' && (account.password_is_kept || !health.secrets_are_kept)),
    sendingWasLookedAt,
    downloads: jobs.length,
  }
}
