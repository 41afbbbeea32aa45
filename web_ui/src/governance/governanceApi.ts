/** What only admins call: the audit log, how long people are kept, legal hold, erasing. */
import type { Client, Query } from '../api/client'
import type {
  AuditChoices,
  AuditPage,
  DeletedPage,
  Erased,
  Keeping,
  Preview,
  Restored,
  Retention,
  Rule,
  RuleRequest,
} from '../generated/types'

/** The filters of the audit log: ids and moments; what is empty does not filter. */
export interface AuditFilters {
  user_id?: string
  action?: string
  candidate_id?: string
  since?: string
  until?: string
}

export function governanceApi({ call, open }: Client) {
  const person = (candidateId: string) => `/api/candidates/${candidateId}`
  return {
    audit: (filters: AuditFilters, cursor: string | null) =>
      call<AuditPage>('GET', '/api/audit', { query: { ...queryOf(filters), cursor, limit: 50 } }),
    auditChoices: () => call<AuditChoices>('GET', '/api/audit/choices'),
    openAuditTable: (filters: AuditFilters) =>
      open('GET', `/api/audit.csv`, { query: queryOf(filters), headers: { Accept: 'text/csv' } }),
    retention: () => call<Retention>('GET', '/api/retention'),
    previewRule: (rule: RuleRequest) => call<Preview>('POST', '/api/retention/preview', { body: rule }),
    makeRule: (rule: RuleRequest) => call<Rule>('POST', '/api/retention/rules', { body: rule }),
    changeRule: (ruleId: string, rule: RuleRequest) =>
      call<Rule>('PUT', `/api/retention/rules/${ruleId}`, { body: rule }),
    dropRule: (ruleId: string) => call<void>('DELETE', `/api/retention/rules/${ruleId}`),
    deletedPeople: (cursor: string | null) =>
      call<DeletedPage>('GET', '/api/retention/deleted', { query: { cursor, limit: 50 } }),
    restorePeople: (candidateIds: string[]) =>
      call<Restored>('POST', '/api/retention/restore', { body: { candidate_ids: candidateIds } }),
    keeping: (candidateId: string) => call<Keeping>('GET', `${person(candidateId)}/keeping`),
    placeHold: (candidateId: string, reason: string) =>
      call<Keeping>('POST', `${person(candidateId)}/hold`, { body: { reason } }),
    liftHold: (candidateId: string) => call<Keeping>('DELETE', `${person(candidateId)}/hold`),
    erase: (candidateId: string) => call<Erased>('POST', `${person(candidateId)}/erase`, { body: {} }),
  }
}

function queryOf(filters: AuditFilters): Query {
  return { ...filters }
}
