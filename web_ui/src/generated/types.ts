// Made by web_ui/gen/generate.py from the Python models. Change those, not this.

/**
 * A stable code with its retry class, sentence and next step.
 */
export type Reason =
  | 'request.invalid'
  | 'request.not-found'
  | 'request.method-not-allowed'
  | 'request.too-large'
  | 'request.too-many'
  | 'request.too-many-streams'
  | 'server.fault'
  | 'server.database-unavailable'
  | 'auth.required'
  | 'auth.wrong-credentials'
  | 'auth.token-expired'
  | 'auth.token-invalid'
  | 'auth.token-not-yet-valid'
  | 'auth.token-wrong-audience'
  | 'auth.token-wrong-issuer'
  | 'auth.token-wrong-algorithm'
  | 'auth.token-unknown-key'
  | 'auth.not-a-member'
  | 'auth.forbidden'
  | 'auth.provider-unavailable'
  | 'invitation.not-valid'
  | 'invitation.used'
  | 'invitation.expired'
  | 'invitation.revoked'
  | 'invitation.already-open'
  | 'invitation.over'
  | 'invitation.account-exists'
  | 'invitation.other-office'
  | 'invitation.confirm-address'
  | 'invitation.password-weak'
  | 'member.already-there'
  | 'member.last-admin'
  | 'member.not-yourself'
  | 'device.pairing-code-not-valid'
  | 'device.revoked'
  | 'device.not-paired'
  | 'ingest.unreadable'
  | 'ingest.unknown-type'
  | 'ingest.id-reused'
  | 'ingest.unknown-candidate'
  | 'ingest.unknown-job'
  | 'ingest.not-yours'
  | 'review.not-to-review'
  | 'status.transition-not-allowed'
  | 'status.override-needs-reason'
  | 'candidate.changed-meanwhile'
  | 'candidate.not-verified'
  | 'candidate.deleted'
  | 'candidate.erased'
  | 'candidate.held'
  | 'undo.too-late'
  | 'undo.not-yours'
  | 'undo.not-latest'
  | 'undo.not-possible'
  | 'resume.not-in-cloud'
  | 'resume.not-on-this-computer'
  | 'resume.unreadable'
  | 'resume.encrypted'
  | 'resume.no-text'
  | 'resume.too-large'
  | 'upload.checksum-mismatch'
  | 'upload.missing'
  | 'upload.being-checked'
  | 'upload.file-gone'
  | 'store.link-not-valid'
  | 'store.unavailable'
  | 'resume.only-elsewhere'
  | 'resume.changed-here'
  | 'resume.lost-in-store'
  | 'upload.switched-off'
  | 'upload.computer-disconnected'
  | 'views.too-many'
  | 'export.nobody'
  | 'export.too-many'
  | 'export.no-resume'
  | 'export.busy'
  | 'export.cancelled'
  | 'export.ticket-not-valid'
  | 'export.disk-full'
  | 'export.not-saved'
  | 'agent.session-required'
  | 'agent.launch-code-not-valid'
  | 'agent.foreign-page'
  | 'agent.unreachable'
  | 'agent.just-updated'
  | 'agent.no-updates'
  | 'agent.restart-interrupts-download'
  | 'page.fault'
  | 'agent.stopping'
  | 'agent.store-damaged'
  | 'agent.store-newer'
  | 'agent.store-write-failed'
  | 'agent.start-failed'
  | 'agent.already-running'
  | 'agent.keyring-missing'
  | 'window.not-there'
  | 'window.dialog-open'
  | 'window.web-view-missing'
  | 'diagnostics.not-saved'
  | 'auto-start.not-possible'
  | 'auto-start.refused'
  | 'auto-start.gone'
  | 'settings.write-failed'
  | 'settings.unreadable'
  | 'folder.not-set'
  | 'folder.not-there'
  | 'folder.not-writable'
  | 'folder.not-absolute'
  | 'folder.not-shown'
  | 'folder.disk-full'
  | 'file.in-use'
  | 'file.protected'
  | 'file.write-failed'
  | 'cloud.unreachable'
  | 'cloud.certificate-invalid'
  | 'cloud.unexpected-answer'
  | 'cloud.sync-off'
  | 'outbox.another-office'
  | 'browser.missing'
  | 'browser.too-old'
  | 'browser.driver-does-not-fit'
  | 'browser.did-not-start'
  | 'browser.gone'
  | 'login.not-connected'
  | 'login.password-needed'
  | 'login.busy'
  | 'login.phone-not-registered'
  | 'login.wrong-otp'
  | 'login.otp-expired'
  | 'login.wrong-password'
  | 'login.no-code-asked'
  | 'login.unexpected-answer'
  | 'portal.unreachable'
  | 'portal.certificate-invalid'
  | 'portal.too-slow'
  | 'portal.page-changed'
  | 'portal.label-unknown'
  | 'portal.session-ended'
  | 'portal.server-error'
  | 'portal.blocked'
  | 'portal.nobody-found'
  | 'resume.login-page'
  | 'resume.incomplete-page'
  | 'resume.no-download-link'
  | 'resume.print-failed'
  | 'resume.unreadable-id'
  | 'skip.already-here'
  | 'skip.unchanged'
  | 'skip.listed-twice'
  | 'job.cancelled'
  | 'job.interrupted'
  | 'job.paused'
  | 'job.already-there'
  | 'job.nothing-to-retry'
  | 'job.not-active'
  | 'command.unknown'
  | 'command.expired'
  | 'command.withdrawn'
  | 'command.over'
  | 'command.code-unreadable'
  | 'page.not-secure'
  | 'login.not-kept'
  | 'update.unreachable'
  | 'update.slow'
  | 'update.endless'
  | 'update.insecure-address'
  | 'update.interrupted'
  | 'update.metadata-invalid'
  | 'update.expired'
  | 'update.frozen'
  | 'update.clock-behind'
  | 'update.rollback'
  | 'update.mixed'
  | 'update.signature-invalid'
  | 'update.below-threshold'
  | 'update.key-revoked'
  | 'update.key-twice'
  | 'update.root-broken'
  | 'update.role-exceeded'
  | 'update.list-missing'
  | 'update.list-invalid'
  | 'update.hash-missing'
  | 'update.hash-wrong'
  | 'update.release-unsigned'
  | 'update.release-signature'
  | 'update.wrong-app'
  | 'update.wrong-platform'
  | 'update.wrong-channel'
  | 'update.busy'
  | 'update.not-stored'
  | 'update.not-your-turn'
  | 'update.held-back'
  | 'update.disabled'
  | 'update.no-longer-offered'
  | 'update.step-missing'
  | 'update.records-differ'
  | 'update.failed-here'
  | 'update.not-ready'
  | 'update.did-not-start'
  | 'update.no-report'
  | 'update.check-failed'
  | 'update.version-damaged'
  | 'update.path-unsafe'
  | 'update.not-a-plain-file'
  | 'update.too-large'
  | 'update.archive-damaged'
  | 'update.content-wrong'
  | 'update.base-changed'
  | 'update.build-unknown'
  | 'update.code-signature-missing'
  | 'update.code-signature-invalid'
  | 'update.code-signature-publisher'
  | 'update.code-signature-unchecked'
/**
 * Where a person stands with the office. The words are the office's own.
 */
export type CandidateStatus =
  'New' | 'Contacted' | 'Interested' | 'Mail Sent (handoff complete)' | 'Not Interested'
/**
 * Whether somebody has looked at the newest resume of a person.
 */
export type ReviewState = 'to_review' | 'verified' | 'passed'
/**
 * How far the cloud copy is (specification, 13, phase 6).
 */
export type UploadStatus = 'pending' | 'uploaded' | 'failed'
/**
 * Where the facts were read: the page's own cells, or the words of a PDF.
 */
export type FactsSource = 'page' | 'pdf'
/**
 * Whether the office has a copy, and if not, whether one was asked for.
 */
export type CopyState = 'stored' | 'not_asked' | 'waiting' | 'refused' | 'expired'
/**
 * What a computer can be asked to do.
 */
export type CommandKind =
  | 'upload_resume'
  | 'start_download'
  | 'cancel_job'
  | 'pause_job'
  | 'resume_job'
  | 'connect_portal'
  | 'resend_code'
  | 'portal_code'
  | 'disconnect_portal'
/**
 * Where a command stands. All but the first are final.
 */
export type CommandState = 'waiting' | 'done' | 'refused' | 'expired' | 'withdrawn'
/**
 * Who is not on the dashboard: their resume waits under Review, or was passed.
 */
export type Unverified = 'unverified'
/**
 * Where a computer's session with the job portal stands.
 */
export type SessionState =
  'disconnected' | 'connecting' | 'awaiting_otp' | 'verifying' | 'connected' | 'ended'
/**
 * How an update ended.
 */
export type UpdateResult = 'committed' | 'rolled_back' | 'failed'
/**
 * What can happen. The first four are the specification's (6.1 `candidate_events`).
 */
export type EventType =
  | 'initial_verification'
  | 'resume_updated'
  | 'status_change'
  | 'note_added'
  | 'resume_downloaded'
  | 'review_passed'
  | 'undo'
  | 'resume_opened'
  | 'job_changed'
  | 'job_line'
  | 'update_ended'
/**
 * The states of an export. The last three are final.
 */
export type ExportState = 'running' | 'done' | 'failed' | 'cancelled'
/**
 * Where an export goes: a file that the person chooses in the window's dialog, or the page's browser.
 */
export type SaveWay = 'dialog' | 'browser'
/**
 * What the cloud did with an event.
 */
export type VerdictKind = 'accepted' | 'duplicate' | 'rejected'
/**
 * What a member of an organisation may do; see the policy table.
 */
export type Role = 'admin' | 'manager' | 'recruiter'
/**
 * The states of a download job (specification, 6.1 `download_jobs`).
 */
export type JobStatus = 'queued' | 'running' | 'success' | 'failed' | 'cancelled'
/**
 * Where one person of a job stands. The last three are final.
 */
export type ListingState = 'waiting' | 'fetching' | 'stored' | 'skipped' | 'failed'
/**
 * What must happen before a queued job runs.
 */
export type WaitsFor = 'turn' | 'login' | 'portal' | 'folder' | 'person'
/**
 * The weight of a line in a job's log.
 */
export type LogLevel = 'info' | 'warning' | 'error'
/**
 * How one listed person ended. Every listing of a finished job has exactly one.
 */
export type Outcome = 'stored' | 'skipped' | 'failed'
/**
 * When the program starts as the new version.
 */
export type RestartWhen = 'now' | 'tonight' | 'at_next_start'
/**
 * Where an update stands.
 */
export type UpdateState =
  | 'idle'
  | 'checking'
  | 'held'
  | 'offered'
  | 'downloading'
  | 'paused'
  | 'verified'
  | 'staged'
  | 'ready'
  | 'pending'
  | 'probation'
  | 'committed'
  | 'failed'
  | 'rolled_back'

/**
 * The process answers; what it stands on is `Readiness`.
 */
export interface Alive {
  status: 'ok'
  version: string
}
/**
 * What can be filtered by: colleagues by name, and what there are entries of.
 */
export interface AuditChoices {
  people: AuditPerson[]
  actions: string[]
}
/**
 * Somebody whose acts are in the log.
 */
export interface AuditPerson {
  user_id: string
  name: string
}
/**
 * What somebody did. The log has ids; the names beside them are looked up when it is read.
 */
export interface AuditEntry {
  entry_id: number
  at: string
  user_id: string | null
  user_name: string
  is_named: boolean
  device_id: string | null
  device_name: string
  address: string
  action: string
  subject_type: string
  subject_id: string
  subject_name: string
  candidate_id: string | null
  candidate_name: string
  candidate_is_deleted: boolean
  details: {
    [k: string]: unknown
  }
  trace_id: string
}
/**
 * Which entries: by whom, what, about whom, when. What is not said does not filter.
 */
export interface AuditFilter {
  user_id?: string | null
  action?: string
  candidate_id?: string | null
  since?: string | null
  until?: string | null
}
/**
 * Newest first.
 */
export interface AuditPage {
  entries: AuditEntry[]
  next_cursor: string | null
}
/**
 * Which entries, and which page of them.
 */
export interface AuditQuery {
  user_id?: string | null
  action?: string
  candidate_id?: string | null
  since?: string | null
  until?: string | null
  cursor?: string
  limit?: number
}
/**
 * Starting at login.
 */
export interface AutoStartView {
  wanted: boolean
  is_set: boolean
  reason: Reason | null
}
/**
 * The browser that works for NjordHR.
 */
export interface BrowserView {
  name: string
  version: string
  driver_version: string | null
  reason: Reason | null
  download_url: string
}
/**
 * The dashboard's filters. An empty one does not filter.
 *
 * This interface was referenced by `Wire`'s JSON-Schema
 * via the `definition` "CandidateFilter-Input".
 */
export interface CandidateFilterInput {
  rank?: string
  status?: CandidateStatus | ''
  archive?: boolean
  q?: string
  country?: string
  call_backs?: boolean
}
/**
 * The dashboard's filters. An empty one does not filter.
 *
 * This interface was referenced by `Wire`'s JSON-Schema
 * via the `definition` "CandidateFilter-Output".
 */
export interface CandidateFilterOutput {
  rank: string
  status: CandidateStatus | ''
  archive: boolean
  q: string
  country: string
  call_backs: boolean
}
/**
 * Everything that the panel shows of a person. ``version`` goes back with a change.
 */
export interface CandidatePanel {
  candidate_id: string
  candidate_external_id: string
  name: string
  present_rank: string
  rank_applied_for: string
  email: string
  country: string
  mobile_no: string
  date_of_birth: string | null
  availability: string
  status: CandidateStatus | null
  review_state: ReviewState
  notes: string
  call_back_on: string | null
  call_back_by: string
  version: number
  allowed_statuses: CandidateStatus[]
  resumes: ResumeView[]
}
/**
 * A resume of a candidate, newest first in the panel.
 */
export interface ResumeView {
  resume_id: string
  filename: string
  content_sha256: string
  file_sha256: string
  rank_applied_for: string
  search_ship_type: string
  upload_status: UploadStatus
  downloaded_at: string
  device_id: string | null
  facts: ResumeFacts
}
/**
 * The facts of one resume. An empty string means that the resume does not say.
 */
export interface ResumeFacts {
  facts_version: number
  source: FactsSource
  name: string
  present_rank: string
  rank_applied_for: string
  email: string
  mobile_no: string
  country: string
  nationality: string
  date_of_birth: string | null
  availability: string
  documents: Document[]
  certificates: Certificate[]
  sea_service: SeaService[]
  evidence: Evidence[]
}
/**
 * A passport, a seaman's book or a visa.
 */
export interface Document {
  kind: string
  number: string
  place: string
  issued_on: string | null
  expires_on: string | null
}
/**
 * A certificate of competency or a course.
 */
export interface Certificate {
  name: string
  number: string
  authority: string
  issued_on: string | null
  expires_on: string | null
}
/**
 * One row of the sea-service table.
 */
export interface SeaService {
  vessel: string
  vessel_type: string
  flag: string
  tonnage: string
  engine: string
  power: string
  rank: string
  company: string
  signed_on: string | null
  signed_off: string | null
}
/**
 * Where in the resume's PDF a fact stands. A fact that stands in several places has several.
 */
export interface Evidence {
  path: string
  page: number
  box: number[]
}
/**
 * What the stream of changes says: the number of the office's newest change.
 */
export interface ChangeNotice {
  seq: number
}
/**
 * The filters of the list that is on screen, and the number that its rows have for certain.
 */
export interface ChangesQuery {
  rank?: string
  status?: CandidateStatus | ''
  archive?: boolean
  q?: string
  country?: string
  call_backs?: boolean
  today?: string | null
  after: number
}
/**
 * What the person chose in the system's dialog; no path when they closed it.
 */
export interface ChosenFolder {
  path: string | null
}
/**
 * The office's copy of a resume, or the wish for one.
 */
export interface CloudCopy {
  state: CopyState
  device_name: string
  device_last_seen_at: string | null
  asked_by: string
  asked_at: string | null
  expires_at: string | null
  reason: Reason | null
}
/**
 * ``status`` is ``ok`` or ``degraded``.
 */
export interface CloudHealth {
  status: string
  version: string
  protocol: number
  database: string
}
/**
 * What a computer is to do about the portal; ``command_id`` is the caller's: sent twice counts once.
 */
export interface CommandRequest {
  command_id: string
  kind: 'connect_portal' | 'resend_code' | 'portal_code' | 'disconnect_portal'
  sealed_code?: string | null
}
/**
 * A command as the person sees it who asked.
 */
export interface CommandView {
  command_id: string
  device_id: string
  kind: CommandKind
  state: CommandState
  reason: Reason | null
  is_claimed: boolean
  created_at: string
  expires_at: string
}
/**
 * How many seconds the cloud may hold the question until something waits.
 */
export interface CommandsQuery {
  wait?: number
}
/**
 * A connected computer and what is between it and the office.
 */
export interface ComputerState {
  device_id: string
  device_name: string
  user_email: string
  platform: string
  agent_version: string
  last_seen_at: string | null
  is_online: boolean
  records_waiting: number
  records_parked: number
  commands_waiting: number
  oldest_command_at: string | null
}
/**
 * A computer that has had a resume of a person: its copy stays when the person is erased.
 */
export interface CopyComputer {
  device_id: string
  device_name: string
  owner_name: string
  status: string
  last_seen_at: string | null
}
/**
 * Who was changed after a number, by anybody of the office.
 */
export interface DashboardChanges {
  seq: number
  total: number
  to_review: number
  my_call_backs: number
  call_backs_due: number
  rank_counts: RankCount[]
  rows: DashboardRow[]
  gone: string[]
  too_many: boolean
}
/**
 * How many verified candidates of a rank, outside the Archive and in it.
 */
export interface RankCount {
  rank_applied_for: string
  active: number
  archived: number
}
/**
 * A verified candidate as the table shows them.
 */
export interface DashboardRow {
  candidate_id: string
  candidate_external_id: string
  name: string
  present_rank: string
  rank_applied_for: string
  status: CandidateStatus
  mobile_no: string
  email: string
  country: string
  availability: string
  next_expiry: string | null
  notes: string
  call_back_on: string | null
  call_back_is_mine: boolean
  touched_by: string
  touched_at: string
  version: number
  allowed_statuses: CandidateStatus[]
}
/**
 * The counts beside a list, and how new they are.
 */
export interface DashboardCounts {
  seq: number
  total: number
  to_review: number
  my_call_backs: number
  call_backs_due: number
  rank_counts: RankCount[]
}
/**
 * One page, newest touch first, and the counts beside it.
 */
export interface DashboardData {
  seq: number
  total: number
  to_review: number
  my_call_backs: number
  call_backs_due: number
  rank_counts: RankCount[]
  rows: DashboardRow[]
  next_cursor: string | null
}
/**
 * The filters, which an export has too, and the page.
 */
export interface DashboardQuery {
  rank?: string
  status?: CandidateStatus | ''
  archive?: boolean
  q?: string
  country?: string
  call_backs?: boolean
  today?: string | null
  cursor?: string
  limit?: number
}
/**
 * How many of a rank are in no list any more.
 */
export interface DeletedCount {
  rank_applied_for: string
  active: number
  archived: number
  waiting: number
  erased: number
}
/**
 * Deleted last first.
 */
export interface DeletedPage {
  people: DeletedPerson[]
  next_cursor: string | null
}
/**
 * Somebody who was deleted, and can be brought back until ``erase_at``.
 */
export interface DeletedPerson {
  candidate_id: string
  name: string
  rank_applied_for: string
  status: CandidateStatus | Unverified
  touched_at: string
  deleted_at: string
  erase_at: string
}
/**
 * Which page of who was deleted.
 */
export interface DeletedQuery {
  cursor?: string
  limit?: number
}
/**
 * Newest first.
 */
export interface DeviceList {
  devices: DeviceView[]
}
/**
 * A computer of the organisation; ``status`` is ``active`` or ``revoked``.
 */
export interface DeviceView {
  device_id: string
  device_name: string
  platform: string
  agent_version: string
  user_email: string
  status: string
  last_seen_at: string | null
  waiting: number
  parked: number
  is_own: boolean
  is_online: boolean
  portal: DevicePortal | null
}
/**
 * A computer's session with the job portal as its person sees it from elsewhere; see `PortalReport`.
 */
export interface DevicePortal {
  state: SessionState
  otp_seconds_left: number | null
  reason: Reason | null
  login_is_kept: boolean
  phone_ends: string
  folder_reason: Reason | null
  sealing_key: string
}
/**
 * Where the diagnostics were saved; no path when the person closed the dialog.
 */
export interface DiagnosticsSaved {
  path: string | null
}
/**
 * A `JobRequest` whose fields are named exactly.
 */
export interface DownloadRequest {
  rank: string
  ship_type: string
  force_redownload?: boolean
}
/**
 * Whether the new version's download goes on or pauses.
 */
export interface DownloadWish {
  go_on: boolean
}
/**
 * How the last update ended; see `ports.EndedUpdate`.
 */
export interface EndedUpdateView {
  id: string
  result: UpdateResult
  from_version: string
  to_version: string
  at: string
  reason: Reason | null
}
/**
 * What was erased, and on which computers copies are left.
 */
export interface Erased {
  resumes: number
  cloud_copies: number
  computers: CopyComputer[]
}
/**
 * An export that may be taken until ``expires_at`` by the person who asked for it.
 */
export interface Export {
  export_id: string
  people: number
  expires_at: string
}
/**
 * A part of an export; ``next_after`` is where the next one begins, absent at the end.
 */
export interface ExportPage {
  people: ExportPerson[]
  next_after: number | null
}
/**
 * One person of an export.
 */
export interface ExportPerson {
  row: ExportRow
  resume: ExportResume | null
}
/**
 * What the table says of one person: the newest of the events that the old log had, and who they are.
 */
export interface ExportRow {
  candidate_id: string
  filename: string
  date_added: string
  event_type: string
  status: string
  notes: string
  rank_applied_for: string
  search_ship_type: string
  ai_search_prompt: string
  ai_match_reason: string
  name: string
  present_rank: string
  email: string
  country: string
  mobile_no: string
}
/**
 * The newest resume of a person, and where its bytes are.
 */
export interface ExportResume {
  resume_id: string
  filename: string
  content_sha256: string
  file_sha256: string
  stored_sha256: string | null
  device_name: string
  device_last_seen_at: string | null
}
/**
 * Whom to export: a selection, or everybody whom a filter of the dashboard lets through.
 */
export interface ExportRequest {
  candidate_ids?: string[] | null
  filter?: CandidateFilterInput | null
}
/**
 * An address of this agent that gives the export's file once, until ``expires_at``.
 */
export interface ExportTicket {
  url: string
  file_name: string
  expires_at: string
}
/**
 * An export as it is now.
 */
export interface ExportView {
  export_id: string
  state: ExportState
  save: SaveWay
  people: number
  done: number
  resumes: number
  missing: number
  length: number
  file_name: string
  saved_as: string | null
  sentence: string
  reason: Reason | null
  missing_groups: MissingGroup[]
}
/**
 * People whose resume is not in the export, for one reason: why, and what to do.
 */
export interface MissingGroup {
  reason: Reason
  device_name: string
  people: number
  why: string
  what_to_do: string
}
/**
 * Downloads that failed for the same reason.
 */
export interface FailedDownloads {
  reason: string | null
  jobs: number
  computers: number
  last_at: string
}
/**
 * Part of a name, the last digits of a phone number, or the portal's number of a person.
 */
export interface FindQuery {
  q: string
}
/**
 * A folder inside another one.
 */
export interface FolderEntry {
  name: string
  path: string
}
/**
 * What the folder picker of a page without native dialogs shows.
 */
export interface FolderListing {
  path: string
  parent: string | null
  folders: FolderEntry[]
}
/**
 * Which folder to look into; empty for the person's home.
 */
export interface FolderQuery {
  path?: string
}
/**
 * The folder that the person chose.
 */
export interface FolderRequest {
  download_folder: string
}
/**
 * The download folder, and why it cannot be used if so.
 */
export interface FolderView {
  path: string
  free_bytes: number | null
  reason: Reason | null
}
/**
 * A hit of the search for anyone.
 */
export interface FoundCandidate {
  candidate_id: string
  candidate_external_id: string
  name: string
  present_rank: string
  status: CandidateStatus | null
  review_state: ReviewState
}
/**
 * At most twenty hits, best first.
 */
export interface FoundCandidates {
  candidates: FoundCandidate[]
}
/**
 * The agent as its page sees it.
 */
export interface Health {
  status: string
  agent_version: string
  pairing: PairingView
  cloud: string
  cloud_reason: Reason | null
  records_reason: Reason | null
  last_sync_at: string | null
  outbox: OutboxCounts
  secrets_are_kept: boolean
  native_dialogs: boolean
  running_job_id: string | null
  is_held: boolean
}
/**
 * Whether this computer belongs to an office, and to which.
 */
export interface PairingView {
  paired: boolean
  device_id: string | null
  organisation_name: string
  user_email: string
}
/**
 * What waits to be sent to the office.
 */
export interface OutboxCounts {
  waiting: number
  parked: number
  uploads_waiting: number
}
/**
 * Newest first.
 */
export interface History {
  entries: HistoryEntry[]
}
/**
 * One event: who did what, when. ``undone_by_event_id`` names the event that took it back.
 */
export interface HistoryEntry {
  event_id: string
  event_type: EventType
  status: CandidateStatus | null
  notes: string
  call_back_on: string | null
  filename: string
  by_name: string
  by_device: string
  created_at: string
  undone_by_event_id: string | null
  undoable: boolean
}
/**
 * Why nothing of a person is deleted, and who said so.
 */
export interface Hold {
  reason: string
  placed_by: string
  placed_at: string
}
/**
 * Why nothing of a person may be deleted.
 */
export interface HoldRequest {
  reason: string
}
/**
 * Somebody whom a rule would delete.
 */
export interface IdlePerson {
  candidate_id: string
  name: string
  rank_applied_for: string
  status: CandidateStatus | Unverified
  touched_at: string
}
/**
 * Events in the order in which they were recorded.
 */
export interface IngestBatch {
  protocol: number
  events: {
    [k: string]: unknown
  }[]
}
/**
 * One verdict an event, in the batch's order.
 */
export interface IngestResult {
  verdicts: Verdict[]
}
/**
 * The only thing that lets a sender forget an event.
 */
export interface Verdict {
  event_id: string
  verdict: VerdictKind
  reason: Reason | null
  detail: string
  upload_wanted: boolean
}
/**
 * Newest first.
 */
export interface InvitationList {
  invitations: InvitationView[]
}
/**
 * An invitation that nobody has used; ``sent_at`` is when its present link was made.
 */
export interface InvitationView {
  invitation_id: string
  email: string
  role: Role
  invited_by: string
  sent_at: string
  expires_at: string
  expired: boolean
}
/**
 * An invitation with its token, told this once; ``link`` is empty when there is no hosted page.
 */
export interface InvitationMade {
  invitation: InvitationView
  invitation_token: string
  link: string
}
/**
 * What an invitation is for, as whoever holds its link is told it.
 */
export interface InvitationSeen {
  organisation_name: string
  email: string
  role: Role
  invited_by: string
  expires_at: string
}
/**
 * The token of an invitation's link.
 */
export interface InvitationToken {
  invitation_token: string
}
/**
 * Whom to invite, and what they may do when they have joined.
 */
export interface Invite {
  email: string
  role: Role
}
/**
 * What a person wants of a download of theirs; ``command_id`` is the caller's: sent twice counts once.
 */
export interface JobCommandRequest {
  command_id: string
  kind: 'cancel_job' | 'pause_job' | 'resume_job'
}
/**
 * How many people a job has seen. When it is over, ``listed == stored + skipped + failed``.
 */
export interface JobCounts {
  listed: number
  stored: number
  skipped: number
  failed: number
}
/**
 * A job for one of the person's own computers; ``job_id`` is the caller's: sent twice counts once.
 */
export interface JobCreate {
  job_id: string
  device_id: string
  rank: string
  ship_type: string
  force_redownload?: boolean
}
/**
 * A job with every person in it; ``queued`` while it waits.
 */
export interface JobDetails {
  job: JobSnapshot
  listings: ListingView[]
  seconds_left: number | null
  queued: QueuedJob | null
}
/**
 * A job as it is now.
 */
export interface JobSnapshot {
  rank: string
  ship_type: string
  force_redownload: boolean
  job_id: string
  status: JobStatus
  counts: JobCounts
  reason: Reason | null
  message: string
  created_at: string
  started_at: string | null
  ended_at: string | null
  change: number
  retry_of: string | null
}
/**
 * One person of a job, as the download screen shows them.
 */
export interface ListingView {
  seq: number
  change: number
  candidate_external_id: string
  state: ListingState
  reason: Reason | null
  name: string
  present_rank: string
  filename: string
  at: string | null
}
/**
 * A queued job's place: 1 goes next. A paused one has none, and the others go past it.
 */
export interface QueuedJob {
  job_id: string
  position: number | null
  waits_for: WaitsFor
}
/**
 * The newest jobs of this computer, newest first, and the queue in the order in which it runs.
 */
export interface JobList {
  jobs: JobSnapshot[]
  queue: QueuedJob[]
}
/**
 * One line of a job's log; ``seq`` counts 1, 2, 3 … within the job and is the stream's id.
 */
export interface JobLogLine {
  seq: number
  level: LogLevel
  line: string
  candidate_external_id: string | null
  outcome: Outcome | null
  reason: Reason | null
  created_at: string
}
/**
 * Newest first; ``next_cursor`` is absent on the last page.
 */
export interface JobPage {
  jobs: JobView[]
  next_cursor: string | null
}
/**
 * A job, with whose it is.
 */
export interface JobView {
  rank: string
  ship_type: string
  force_redownload: boolean
  job_id: string
  status: JobStatus
  counts: JobCounts
  reason: Reason | null
  message: string
  created_at: string
  started_at: string | null
  ended_at: string | null
  change: number
  retry_of: string | null
  user_email: string
  device_id: string
  device_name: string
  is_heard_of: boolean
  waits_until: string | null
}
/**
 * What to download. Both labels are the portal's own, typing mistakes included.
 */
export interface JobRequest {
  rank: string
  ship_type: string
  force_redownload?: boolean
}
/**
 * Which page of the list of jobs.
 */
export interface JobsQuery {
  cursor?: string
  limit?: number
}
/**
 * An invitation that is used: the person's name and the password of their account.
 */
export interface Join {
  invitation_token: string
  full_name: string
  password: string
}
/**
 * Joining an office by invitation through the agent: the tokens stay with it.
 */
export interface JoinRequest {
  invitation_token: string
  full_name: string
  password: string
}
/**
 * What the office has of a person, and what speaks against deleting it.
 */
export interface Keeping {
  candidate_id: string
  hold: Hold | null
  resumes: number
  cloud_copies: number
  exports: number
  computers: CopyComputer[]
  deleted_at: string | null
  erase_at: string | null
}
/**
 * The name of a file that was just left in the agent's own folder (`second_start`).
 */
export interface Knock {
  knock: string
}
/**
 * Since how many minutes an upload has been on its way, and how many are wanted.
 */
export interface LateQuery {
  minutes?: number
  limit?: number
}
/**
 * A resume that its computer was to upload and that is not in the store yet.
 */
export interface LateUpload {
  resume_id: string
  candidate_external_id: string
  device_name: string
  device_last_seen_at: string | null
  first_asked_at: string
  asked_at: string
  failures: number
  failed_at: string | null
  reason: Reason | null
  being_checked: boolean
}
/**
 * The late uploads of an office, the latest first; ``total`` counts those beyond the limit too.
 */
export interface LateUploads {
  total: number
  items: LateUpload[]
}
/**
 * The one-time code of the address's fragment.
 */
export interface LaunchExchange {
  code: string
}
/**
 * An export through this computer: its own files first, then the office's.
 */
export interface LocalExportRequest {
  candidate_ids?: string[] | null
  filter?: CandidateFilterInput | null
  save?: SaveWay
}
/**
 * The token of this page, good until ``expires_at``; renewed while the page lives.
 */
export interface LocalSession {
  session_token: string
  expires_at: string
}
/**
 * The signed-in person.
 */
export interface Me {
  user_id: string
  email: string
  full_name: string
  organisation_id: string
  organisation_name: string
  role: Role
  actions: string[]
}
/**
 * By name; those who are switched off last.
 */
export interface MemberList {
  members: MemberView[]
}
/**
 * A person of the office; ``computers`` are those that are connected.
 */
export interface MemberView {
  user_id: string
  email: string
  full_name: string
  role: Role
  active: boolean
  joined_at: string
  computers: number
  last_seen_at: string | null
}
/**
 * Write a note. ``event_id`` is made by the caller; ``version`` is the one on screen.
 */
export interface NoteRequest {
  event_id: string
  candidate_id: string
  note: string
  version: number
  call_back_on?: string | null
  call_back_done?: boolean
}
/**
 * How many days of ended downloads are counted.
 */
export interface OperationsQuery {
  days?: number
}
/**
 * How an office runs; ``failed`` by how many, ``computers`` by who needs somebody first, at most 200.
 */
export interface OperationsView {
  days: number
  succeeded: number
  cancelled: number
  failed: FailedDownloads[]
  computers: ComputerState[]
}
/**
 * The code from the phone.
 */
export interface OtpRequest {
  otp: string
}
/**
 * One record that waits or is parked, without its contents.
 */
export interface OutboxItem {
  event_id: string
  type: string
  occurred_at: string
  attempts: number
  parked: boolean
  reason: Reason | null
  detail: string
  next_attempt_at: string | null
}
/**
 * The outbox: counts, and the oldest 200 records, parked ones first.
 */
export interface OutboxView {
  counts: OutboxCounts
  items: OutboxItem[]
}
/**
 * A code that connects one computer, once, until ``expires_at``.
 */
export interface PairingCode {
  pairing_code: string
  expires_at: string
}
/**
 * The code that a signed-in person made for this computer.
 */
export interface PairingRequest {
  pairing_code: string
  device_name?: string
}
/**
 * The portal account that this computer remembers; never its password.
 */
export interface PortalAccount {
  username: string
  phone: string
  password_is_kept: boolean
  otp_hint_url: string
}
/**
 * One option of a portal filter: the portal's label, and the one that people are shown.
 */
export interface PortalChoice {
  portal_label: string
  label: string
}
/**
 * What can be downloaded.
 */
export interface PortalChoices {
  ranks: PortalChoice[]
  ship_types: PortalChoice[]
}
/**
 * What a rule would do if it were followed now.
 */
export interface Preview {
  people: number
  held: number
  by_rank: Share[]
  by_status: Share[]
  first: IdlePerson[]
}
/**
 * How many people of one rank or status; an empty one is nobody's yet.
 */
export interface Share {
  name: string
  people: number
}
/**
 * A refusal with its reason.
 */
export interface Problem {
  type: string
  title: string
  status: number
  reason: Reason
  next_step: string
  detail: string
  facts: {
    [k: string]: unknown
  }
}
/**
 * Whether requests can be served, and which part stands in the way.
 */
export interface Readiness {
  status: 'ok' | 'not-ready'
  version: string
  database: 'ok' | 'unavailable'
  migrations: 'ok' | 'missing' | 'unknown'
  objects: 'ok' | 'unavailable'
}
/**
 * The refresh token of an earlier sign-in.
 */
export interface Refresh {
  refresh_token: string
}
/**
 * When NjordHR starts as the version that is ready.
 */
export interface RestartWish {
  when: RestartWhen
  even_if_downloading?: boolean
}
/**
 * Whom to bring back.
 */
export interface RestoreRequest {
  candidate_ids: string[]
}
/**
 * How many of them are back.
 */
export interface Restored {
  restored: number
}
/**
 * A link to a resume's bytes, good for a minute at most; handing it out is in the audit log.
 */
export interface ResumeLink {
  url: string
  filename: string
  file_sha256: string
  expires_at: string
}
/**
 * The plain text of a resume, for search.
 */
export interface ResumeText {
  text_version: number
  text: string
}
/**
 * The office's rules, and whom they and its admins have deleted so far.
 */
export interface Retention {
  rules: Rule[]
  deleted: DeletedCount[]
  objects_waiting: number
}
/**
 * A rule of the office; ``last_run_at`` is when it was followed to its end.
 */
export interface Rule {
  rule_id: string
  months: number
  grace_days: number
  statuses: (CandidateStatus | Unverified)[]
  ranks: string[]
  active: boolean
  created_by: string
  created_at: string
  updated_at: string
  last_run_at: string | null
}
/**
 * Whom to fetch again, by their numbers in the job; everybody who failed when there are none.
 */
export interface RetryRequest {
  seqs?: number[] | null
}
/**
 * One resume, and the id of the event that deciding on it makes: sent twice counts once.
 */
export interface ReviewDecision {
  event_id: string
  resume_id: string
}
/**
 * A downloaded resume that nobody has looked at.
 */
export interface ReviewItem {
  candidate_id: string
  resume_id: string
  candidate_external_id: string
  name: string
  present_rank: string
  rank_applied_for: string
  search_ship_type: string
  availability: string
  country: string
  strongest_fact: string
  already_known: boolean
  upload_status: UploadStatus
  downloaded_at: string
  downloaded_by: string
  device_id: string | null
  content_sha256: string
}
/**
 * Oldest first; ``total`` counts all that wait.
 */
export interface ReviewPage {
  items: ReviewItem[]
  next_cursor: string | null
  total: number
}
/**
 * Which page of the Review list; an empty ``rank`` is every rank.
 */
export interface ReviewQuery {
  cursor?: string
  limit?: number
  rank?: string
}
/**
 * One or many decisions of the same kind.
 */
export interface ReviewRequest {
  items: ReviewDecision[]
}
/**
 * The role that a colleague gets.
 */
export interface RoleChange {
  role: Role
}
/**
 * Delete whom nothing has happened to for so long; erase them for good after the days of grace.
 */
export interface RuleRequest {
  months: number
  grace_days?: number
  statuses?: (CandidateStatus | Unverified)[]
  ranks?: string[]
  active?: boolean
}
/**
 * A name for filters.
 */
export interface SavedView {
  view_id: string
  name: string
  filters: CandidateFilterOutput
}
/**
 * A person's own views, by name.
 */
export interface SavedViews {
  views: SavedView[]
}
/**
 * Tokens in the shape of Supabase Auth; ``expires_in`` in seconds.
 */
export interface Session {
  access_token: string
  refresh_token: string
  token_type: string
  expires_in: number
  me: Me
}
/**
 * A login to the portal. An empty password stands for the one in the keyring.
 */
export interface SessionStart {
  username: string
  password?: string
  phone: string
  remember?: boolean
}
/**
 * The portal session, with the seconds that the code is still good for.
 */
export interface SessionView {
  state: SessionState
  otp_expires_at: string | null
  otp_seconds_left: number | null
  reason: Reason | null
}
/**
 * The settings that are to change; absent ones stay. The portal's take effect at the next download.
 */
export interface SettingsChange {
  auto_start?: boolean | null
  cloud_sync_enabled?: boolean | null
  cloud_upload_resumes?: boolean | null
  log_level?: string | null
  portal_concurrency?: number | null
  portal_requests_per_second?: number | null
  portal_tagged_pdfs?: boolean | null
}
/**
 * The settings of this computer (specification, 9.2).
 */
export interface SettingsView {
  device_id: string | null
  api_base_url: string
  download_folder: FolderView | null
  auto_start: boolean
  cloud_sync_enabled: boolean
  cloud_upload_resumes: boolean
  log_level: string
  portal_concurrency: number
  portal_requests_per_second: number
  portal_tagged_pdfs: boolean
}
/**
 * An e-mail address and its password.
 */
export interface SignIn {
  email: string
  password: string
}
/**
 * Signing in to the office through the agent: the tokens stay with it.
 */
export interface SignInRequest {
  email: string
  password: string
}
/**
 * Set a status. ``event_id`` is made by the caller; ``version`` is the one on screen.
 */
export interface StatusRequest {
  event_id: string
  candidate_id: string
  status: CandidateStatus
  version: number
  override_reason?: string
}
/**
 * This computer, for the status card and for support.
 */
export interface StatusView {
  agent_version: string
  system: string
  data_folder: string
  log_level: string
  log_bytes: number
  browser: BrowserView
  keyring: string
  secrets_are_kept: boolean
  last_cloud_contact_at: string | null
  auto_start: AutoStartView
}
/**
 * One message of a job's stream; ``change`` is the stream's id.
 */
export interface StreamMessage {
  change: number
  job: JobSnapshot | null
  listing: ListingView | null
  seconds_left: number | null
  queued: QueuedJob | null
}
/**
 * Which event is taken back.
 */
export interface UndoRequest {
  event_id: string
  undoes_event_id: string
}
/**
 * How one update of one computer ended.
 */
export interface UpdateOutcome {
  outcome_id: string
  device_id: string
  device_name: string
  user_email: string
  from_version: string
  to_version: string
  result: UpdateResult
  reason: string | null
  channel: string
  platform: string
  ended_at: string
}
/**
 * Newest first; ``next_cursor`` is absent on the last page.
 */
export interface UpdateOutcomePage {
  items: UpdateOutcome[]
  next_cursor: string | null
}
/**
 * Which page; of one computer alone, or of all that the person may see.
 */
export interface UpdateOutcomesQuery {
  device_id?: string | null
  cursor?: string | null
  limit?: number
}
/**
 * What is known of updates; see `ports.UpdateStatus`.
 */
export interface UpdateView {
  updates_itself: boolean
  state: UpdateState
  version: string
  build: number
  channel: string
  offered: string | null
  notes: string
  is_critical: boolean
  is_unsafe: boolean
  done_bytes: number
  total_bytes: number
  why: Reason | null
  checked_at: string | null
  not_confirmed: Reason | null
  is_checking: boolean
  restart: RestartWhen | null
  restart_at: string | null
  is_writable: boolean
  ended: EndedUpdateView | null
}
/**
 * What the cloud knows of the upload: `pending` until it has read back what the store holds.
 */
export interface UploadConfirmed {
  upload_status: UploadStatus
}
/**
 * Where to put the bytes with one request; or that they are there already.
 */
export interface UploadLink {
  already_stored: boolean
  being_checked: boolean
  url: string
  method: string
  headers: {
    [k: string]: string
  }
  expires_at: string | null
}
/**
 * Which resume the computer wants to upload, and which bytes.
 */
export interface UploadRequest {
  candidate_external_id: string
  content_sha256: string
  file_sha256: string
  file_length: number
}
/**
 * Keep these filters under a name; a view of the same name is replaced.
 */
export interface ViewRequest {
  name: string
  filters: CandidateFilterInput
}
