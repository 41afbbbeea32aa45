/** Where updates of this computer's NjordHR stand, and what can be asked of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAgent } from '../api/context'
import { asApiError } from '../api/problem'
import type { RestartWhen, UpdateView } from '../generated/types'
import { isMoving } from './updateWords'

const KEY = ['agent', 'update']

export function useUpdate() {
  const agent = useAgent()
  return useQuery<UpdateView>({
    queryKey: KEY,
    queryFn: agent.update,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 1000 : 10_000),
  })
}

/** Looking, fetching and restarting; a restart that would interrupt a download asks first. */
export function useUpdateActions() {
  const agent = useAgent()
  const queries = useQueryClient()
  const [asksFirst, setAsksFirst] = useState(false)
  const show = (view: UpdateView) => queries.setQueryData(KEY, view)
  const check = useMutation({ mutationFn: agent.checkForUpdate, onSuccess: show })
  const download = useMutation({ mutationFn: agent.downloadUpdate, onSuccess: show })
  const restart = useMutation({
    mutationFn: ({ when, evenIf }: { when: RestartWhen; evenIf: boolean }) =>
      agent.restartForUpdate(when, evenIf),
    onSuccess: (view) => {
      setAsksFirst(false)
      show(view)
    },
    onError: (error) => setAsksFirst(interrupts(error)),
  })
  return {
    check,
    download,
    error:
      [check, download].find(({ error }) => error)?.error ??
      (interrupts(restart.error) ? null : restart.error),
    restart: (when: RestartWhen) => restart.mutate({ when, evenIf: false }),
    isRestarting: restart.isPending,
    asksFirst,
    restartAnyway: () => restart.mutate({ when: 'now', evenIf: true }),
    leaveIt: () => setAsksFirst(false),
  }
}

function interrupts(error: unknown): boolean {
  return error !== null && asApiError(error).reason === 'agent.restart-interrupts-download'
}
