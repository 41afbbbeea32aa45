/** The routes that tell how the office runs (docs/ROUTES.md). */
import type { Client } from '../api/client'
import type { LateUploads, OperationsView, UpdateOutcomePage } from '../generated/types'

export function operationsApi({ call }: Pick<Client, 'call'>) {
  return {
    operations: (days: number) => call<OperationsView>('GET', '/api/operations', { query: { days } }),
    lateUploads: () =>
      call<LateUploads>('GET', '/api/resumes/uploads/late', { query: { minutes: 60, limit: 50 } }),
    updateOutcomes: () => call<UpdateOutcomePage>('GET', '/api/updates/outcomes', { query: { limit: 20 } }),
  }
}
