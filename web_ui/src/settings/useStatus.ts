/** How this computer is in itself; asked while it is looked at. */
import { useQuery } from '@tanstack/react-query'
import { useAgent } from '../api/context'

export function useStatus() {
  const agent = useAgent()
  return useQuery({ queryKey: ['agent', 'status'], queryFn: agent.status, refetchInterval: 10_000 })
}
