/** How the agent is, asked every few seconds by everyone who shows it, with one question. */
import { useQuery } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { Health } from '../generated/types'

export function useHealth() {
  const { agent } = useApis()
  return useQuery<Health>({
    queryKey: ['agent', 'health'],
    queryFn: () => (agent === null ? Promise.reject(new Error('no agent')) : agent.health()),
    enabled: agent !== null,
    refetchInterval: 3000,
  })
}
