/** From a person of a download to their panel on the dashboard. */
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useApis } from '../api/context'
import { useToasts } from '../undo/ToastShelf'

export function useOpenPerson(): (candidateExternalId: string) => void {
  const { cloud } = useApis()
  const navigate = useNavigate()
  const toasts = useToasts()
  return useCallback(
    (candidateExternalId) => {
      cloud.find(candidateExternalId).then(
        ({ candidates }) => {
          const found = candidates.find((person) => person.candidate_external_id === candidateExternalId)
          if (found === undefined)
            toasts.say('The office has no record of this person yet. It follows when it is sent.')
          else void navigate({ to: '/dashboard', search: { person: found.candidate_id } })
        },
        (error: unknown) => toasts.fail(error, 'Not opened'),
      )
    },
    [cloud, navigate, toasts],
  )
}
