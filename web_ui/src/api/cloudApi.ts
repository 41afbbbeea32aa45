/** The cloud API, route by route (docs/ROUTES.md); beside an agent it is reached through the agent. */
import type {
  CandidatePanel,
  CloudCopy,
  CommandRequest,
  CommandView,
  DashboardChanges,
  DashboardData,
  DashboardRow,
  DeviceList,
  Export,
  ExportRequest,
  FoundCandidates,
  History,
  IngestResult,
  JobCommandRequest,
  JobCreate,
  JobPage,
  JobView,
  Me,
  NoteRequest,
  PairingCode,
  ResumeLink,
  ReviewPage,
  ReviewRequest,
  SavedView,
  SavedViews,
  StatusRequest,
  UndoRequest,
  ViewRequest,
} from '../generated/types'
import { governanceApi } from '../governance/governanceApi'
import { operationsApi } from '../operations/operationsApi'
import { peopleApi } from '../people/peopleApi'
import { todayIso } from '../words/dates'
import type { Client, Query } from './client'
import { ApiError } from './problem'

export interface DashboardFilters {
  rank?: string
  status?: string
  archive?: boolean
  q?: string
  country?: string
  call_backs?: boolean
}

export type CloudApi = ReturnType<typeof cloudApi>

export function cloudApi(client: Client) {
  const { call, open } = client
  return {
    ...governanceApi(client),
    ...operationsApi(client),
    ...peopleApi(client),
    me: () => call<Me>('GET', '/api/me'),
    pairingCode: () => call<PairingCode>('POST', '/api/device/pairing-codes', { body: {} }),
    devices: () => call<DeviceList>('GET', '/api/devices'),
    askComputer: (deviceId: string, request: CommandRequest) =>
      call<CommandView>('POST', `/api/devices/${deviceId}/commands`, { body: request }),
    command: (commandId: string) => call<CommandView>('GET', `/api/commands/${commandId}`),
    startJob: (request: JobCreate) => call<JobView>('POST', '/api/jobs/download', { body: request }),
    jobs: () => call<JobPage>('GET', '/api/jobs', { query: { limit: 100 } }),
    job: (jobId: string) => call<JobView>('GET', `/api/jobs/${jobId}`),
    askJob: (jobId: string, request: JobCommandRequest) =>
      call<JobView>('POST', `/api/jobs/${jobId}/commands`, { body: request }),
    openJobStream: (jobId: string, lastEventId: string, signal: AbortSignal) =>
      open('GET', `/api/jobs/${jobId}/stream`, {
        headers: lastEventId
          ? { Accept: 'text/event-stream', 'Last-Event-ID': lastEventId }
          : { Accept: 'text/event-stream' },
        signal,
      }),
    revokeDevice: (deviceId: string) => call<void>('POST', `/api/devices/${deviceId}/revoke`, { body: {} }),
    review: (cursor: string | null, rank: string | null) =>
      call<ReviewPage>('GET', '/api/review', { query: { cursor, rank, limit: 100 } }),
    reviewCount: () => call<ReviewPage>('GET', '/api/review', { query: { limit: 1 } }),
    verify: (request: ReviewRequest) => call<IngestResult>('POST', '/api/review/verify', { body: request }),
    pass: (request: ReviewRequest) => call<IngestResult>('POST', '/api/review/pass', { body: request }),
    undo: (request: UndoRequest) => call<IngestResult>('POST', '/api/undo', { body: request }),
    find: (q: string, signal?: AbortSignal) =>
      call<FoundCandidates>('GET', '/api/candidates/find', { query: { q }, signal }),
    candidate: (candidateId: string) => call<CandidatePanel>('GET', `/api/candidates/${candidateId}`),
    history: (candidateId: string) => call<History>('GET', `/api/candidates/${candidateId}/history`),
    dashboard: (filters: DashboardFilters, cursor: string | null) =>
      call<DashboardData>('GET', '/api/dashboard/data', {
        query: { ...queryOf(filters), cursor, limit: 60 },
      }),
    changes: (filters: DashboardFilters, after: number, signal?: AbortSignal) =>
      call<DashboardChanges>('GET', '/api/dashboard/changes', {
        query: { ...queryOf(filters), after },
        signal,
      }),
    openChanges: (lastEventId: string, signal: AbortSignal) =>
      open('GET', '/api/dashboard/stream', {
        headers: lastEventId
          ? { Accept: 'text/event-stream', 'Last-Event-ID': lastEventId }
          : { Accept: 'text/event-stream' },
        signal,
      }),
    setStatus: (request: StatusRequest) =>
      call<DashboardRow>('POST', '/api/dashboard/status', { body: request }),
    addNote: (request: NoteRequest) => call<DashboardRow>('POST', '/api/dashboard/notes', { body: request }),
    views: () => call<SavedViews>('GET', '/api/views'),
    keepView: (request: ViewRequest) => call<SavedView>('POST', '/api/views', { body: request }),
    dropView: (viewId: string) => call<void>('DELETE', `/api/views/${viewId}`),
    cloudCopy: (resumeId: string) => call<CloudCopy>('GET', `/api/resumes/${resumeId}/cloud-copy`),
    askForResume: (resumeId: string) =>
      call<CloudCopy>('POST', `/api/resumes/${resumeId}/cloud-copy`, { body: {} }),
    export: (request: ExportRequest) => call<Export>('POST', '/api/export', { body: request }),
    openExport: (exportId: string, signal?: AbortSignal) =>
      open('GET', `/api/export/${exportId}/zip`, { headers: { Accept: 'application/zip' }, signal }),
    resumeLink: (resumeId: string) => call<ResumeLink>('GET', `/api/resumes/${resumeId}/link`),
    /** Read what a link points to; one into this API goes the way that all its calls go. */
    openLink: (url: string, signal?: AbortSignal) => {
      const address = new URL(url, window.location.href)
      if (address.pathname.startsWith('/api/objects/')) {
        return open('GET', address.pathname + address.search, {
          headers: { Accept: 'application/pdf' },
          signal,
        })
      }
      return fetchElsewhere(address, signal)
    },
  }
}

function queryOf(filters: DashboardFilters): Query {
  return {
    ...filters,
    archive: filters.archive ? 'true' : undefined,
    call_backs: filters.call_backs ? 'true' : undefined,
    today: todayIso(Date.now()),
  }
}

/** A signed link into a store of another origin: no token goes there. */
async function fetchElsewhere(address: URL, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('store.unavailable')
  }
}
