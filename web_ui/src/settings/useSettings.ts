/** The settings of this computer, and changing some of them. What is pressed shows at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import type { SettingsChange, SettingsView } from '../generated/types'

export function useSettings() {
  const agent = useAgent()
  const queries = useQueryClient()
  const { data, error } = useQuery({ queryKey: ['agent', 'settings'], queryFn: agent.settings })
  const change = useMutation({
    mutationFn: async (wanted: SettingsChange) => {
      // An older look at the settings must not come in after this answer.
      await queries.cancelQueries({ queryKey: ['agent', 'settings'] })
      return agent.changeSettings(wanted)
    },
    onSuccess: async (view) => {
      queries.setQueryData(['agent', 'settings'], view)
      for (const part of ['health', 'status', 'outbox'])
        await queries.invalidateQueries({ queryKey: ['agent', part] })
    },
  })
  const shown: SettingsView | undefined =
    data && change.isPending ? { ...data, ...(change.variables as Partial<SettingsView>) } : data
  return { settings: shown, error, change }
}
