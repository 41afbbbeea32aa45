/** Several windows share one sign-in: whoever signs in in one is whom all of them show. */
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { asApiError } from '../api/problem'

const CHANNEL = 'njordhr-sign-in'

/** Tell the other windows of this browser that somebody signed in or out. */
export function tellOtherWindows(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('changed')
  channel.close()
}

/** Ask again who is signed in when another window says so, or when the office refuses what this person may do. */
export function useOthersSignIns(queries: QueryClient, userId: string | undefined): void {
  useEffect(() => {
    const ask = () => void queries.invalidateQueries({ queryKey: ['me'] })
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ask
    // A window of another program hears nothing of it: there the first refusal tells.
    const look = (error: unknown) => {
      if (error && asApiError(error).reason === 'auth.forbidden') ask()
    }
    const stopQueries = queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && event.query.queryKey[0] !== 'me')
        look(event.action.error)
    })
    const stopMutations = queries.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error)
    })
    return () => {
      channel.close()
      stopQueries()
      stopMutations()
    }
  }, [queries])
  const shown = useRef(userId)
  useEffect(() => {
    if (userId === undefined || userId === shown.current) return
    const isAnother = shown.current !== undefined
    shown.current = userId
    if (!isAnother) return
    // What the one before could see is nothing for the next.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' && !query.isActive() })
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' })
  }, [queries, userId])
}
