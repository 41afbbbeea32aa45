/** Offer to take back what was just done, as events of their own. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApis } from '../api/context'
import { refused, verdictError } from '../api/verdicts'
import { useToasts } from './ToastShelf'

/**
 * Return how to offer an undo of these events; the lists are read again after it.
 *
 * The events may still be on their way to the office: an undo then waits until they are there.
 */
export function useUndo(): (
  text: string,
  eventIds: readonly string[] | Promise<readonly string[]>,
  onUndone?: () => void,
) => number {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const toasts = useToasts()
  return useCallback(
    (text, eventIds, onUndone) => {
      return toasts.offerUndo(text, async () => {
        try {
          for (const eventId of await eventIds) {
            const result = await cloud.undo({ event_id: crypto.randomUUID(), undoes_event_id: eventId })
            const [first] = refused(result)
            if (first !== undefined) throw verdictError(first)
          }
          onUndone?.()
        } finally {
          for (const key of ['dashboard', 'review', 'candidate', 'history']) {
            void queries.invalidateQueries({ queryKey: [key] })
          }
        }
      })
    },
    [cloud, queries, toasts],
  )
}
