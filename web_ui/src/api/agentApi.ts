/** The local API of the agent, route by route (docs/ROUTES.md). */
import type {
  BrowserView,
  ChosenFolder,
  DiagnosticsSaved,
  ExportTicket,
  ExportView,
  FolderListing,
  FolderView,
  Health,
  JobDetails,
  JobList,
  JobRequest,
  JobSnapshot,
  LocalExportRequest,
  Me,
  OutboxView,
  PairingRequest,
  PairingView,
  PortalAccount,
  PortalChoices,
  RestartWhen,
  SessionStart,
  SessionView,
  SettingsChange,
  SettingsView,
  StatusView,
  UpdateView,
} from '../generated/types'
import type { Client } from './client'

export type AgentApi = ReturnType<typeof agentApi>

export function agentApi({ call, open }: Client) {
  return {
    health: () => call<Health>('GET', '/health'),
    settings: () => call<SettingsView>('GET', '/settings'),
    changeSettings: (change: SettingsChange) => call<SettingsView>('PATCH', '/settings', { body: change }),
    setDownloadFolder: (path: string) =>
      call<FolderView>('PUT', '/settings/download-folder', { body: { download_folder: path } }),
    folders: (path: string | null) => call<FolderListing>('GET', '/folders', { query: { path } }),
    makeFolder: (path: string) => call<FolderView>('POST', '/folders', { body: { download_folder: path } }),
    chooseFolder: () => call<ChosenFolder>('POST', '/dialogs/folder', { body: {} }),
    pairing: () => call<PairingView>('GET', '/pairing'),
    pair: (request: PairingRequest) => call<PairingView>('POST', '/pairing', { body: request }),
    unpair: () => call<PairingView>('DELETE', '/pairing'),
    portalChoices: () => call<PortalChoices>('GET', '/portal/choices'),
    portalAccount: () => call<PortalAccount>('GET', '/portal/account'),
    session: () => call<SessionView>('GET', '/session'),
    startSession: (start: SessionStart) => call<SessionView>('POST', '/session/start', { body: start }),
    resendOtp: () => call<SessionView>('POST', '/session/resend-otp', { body: {} }),
    verifyOtp: (otp: string) => call<SessionView>('POST', '/session/verify-otp', { body: { otp } }),
    disconnect: () => call<SessionView>('POST', '/session/disconnect', { body: {} }),
    startJob: (request: JobRequest) => call<JobSnapshot>('POST', '/jobs/download', { body: request }),
    jobs: () => call<JobList>('GET', '/jobs'),
    job: (jobId: string) => call<JobDetails>('GET', `/jobs/${jobId}`),
    cancelJob: (jobId: string) => call<JobSnapshot>('POST', `/jobs/${jobId}/cancel`, { body: {} }),
    pauseJob: (jobId: string) => call<JobSnapshot>('POST', `/jobs/${jobId}/pause`, { body: {} }),
    resumeJob: (jobId: string) => call<JobSnapshot>('POST', `/jobs/${jobId}/resume`, { body: {} }),
    /** Fetch these people again as a job of their own; without numbers all that failed. */
    retryJob: (jobId: string, seqs: readonly number[] | null) =>
      call<JobSnapshot>('POST', `/jobs/${jobId}/retry`, { body: { seqs } }),
    openJobStream: (jobId: string, lastEventId: string, signal: AbortSignal) =>
      open('GET', `/jobs/${jobId}/stream`, {
        headers: lastEventId
          ? { Accept: 'text/event-stream', 'Last-Event-ID': lastEventId }
          : { Accept: 'text/event-stream' },
        signal,
      }),
    startExport: (request: LocalExportRequest) => call<ExportView>('POST', '/exports', { body: request }),
    export: (exportId: string) => call<ExportView>('GET', `/exports/${exportId}`),
    cancelExport: (exportId: string) => call<ExportView>('POST', `/exports/${exportId}/cancel`, { body: {} }),
    showExport: (exportId: string) => call<void>('POST', `/exports/${exportId}/show`, { body: {} }),
    exportTicket: (exportId: string) =>
      call<ExportTicket>('POST', `/exports/${exportId}/ticket`, { body: {} }),
    status: () => call<StatusView>('GET', '/status'),
    lookAtBrowser: () => call<BrowserView>('POST', '/status/browser', { body: {} }),
    showLogs: () => call<void>('POST', '/logs/show', { body: {} }),
    saveDiagnostics: () => call<DiagnosticsSaved>('POST', '/diagnostics/save', { body: {} }),
    openDiagnostics: () => open('GET', '/diagnostics', { headers: { Accept: 'application/zip' } }),
    update: () => call<UpdateView>('GET', '/update'),
    checkForUpdate: () => call<UpdateView>('POST', '/update/check', { body: {} }),
    downloadUpdate: (goOn: boolean) =>
      call<UpdateView>('POST', '/update/download', { body: { go_on: goOn } }),
    /** Start as the version that is ready; though a download runs only when the person said so. */
    restartForUpdate: (when: RestartWhen, evenIfDownloading: boolean) =>
      call<UpdateView>('POST', '/update/restart', {
        body: { when, even_if_downloading: evenIfDownloading },
      }),
    outbox: () => call<OutboxView>('GET', '/outbox'),
    retryOutbox: (eventId: string) => call<OutboxView>('POST', `/outbox/${eventId}/retry`, { body: {} }),
    openResume: (candidateExternalId: string, contentSha256: string, signal?: AbortSignal) =>
      open('GET', `/resumes/${candidateExternalId}/${contentSha256}`, {
        headers: { Accept: 'application/pdf' },
        signal,
      }),
    openStored: (resumeId: string, signal?: AbortSignal) =>
      open('GET', `/resumes/stored/${resumeId}`, { headers: { Accept: 'application/pdf' }, signal }),
    showResume: (candidateExternalId: string, contentSha256: string) =>
      call<void>('POST', `/resumes/${candidateExternalId}/${contentSha256}/show`, { body: {} }),
    signIn: (email: string, password: string) =>
      call<Me>('POST', '/api/auth/sign-in', { body: { email, password } }),
    join: (invitationToken: string, fullName: string, password: string) =>
      call<Me>('POST', '/api/auth/join', {
        body: { invitation_token: invitationToken, full_name: fullName, password },
      }),
    signOut: () => call<void>('POST', '/api/auth/sign-out', { body: {} }),
  }
}
