"""The bodies of the local API. The web UI's types are generated from these."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from agent_core.downloads.queue import WaitsFor
from agent_core.ports import ListingState, SessionState
from protocol.jobs import JobRequest, JobSnapshot
from protocol.reasons import Reason
from protocol.wire import ShortText


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """An answer of the local API."""

    model_config = ConfigDict(frozen=True)


class LaunchExchange(Request):
    """The one-time code of the address's fragment."""

    code: str = Field(min_length=1, max_length=200)


class Knock(Request):
    """The name of a file that was just left in the agent's own folder (`second_start`)."""

    knock: str = Field(min_length=1, max_length=200)


class LocalSession(Answer):
    """The token of this page, good until ``expires_at``; renewed while the page lives."""

    session_token: str
    expires_at: datetime


class FolderView(Answer):
    """The download folder, and why it cannot be used if so."""

    path: str
    free_bytes: int | None = None
    reason: Reason | None = None


class FolderRequest(Request):
    """The folder that the person chose."""

    download_folder: str = Field(min_length=1, max_length=4096)


class FolderQuery(Request):
    """Which folder to look into; empty for the person's home."""

    path: str = Field(default="", max_length=4096)


class FolderEntry(Answer):
    """A folder inside another one."""

    name: str
    path: str


class FolderListing(Answer):
    """What the folder picker of a page without native dialogs shows."""

    path: str
    parent: str | None
    folders: list[FolderEntry]


class ChosenFolder(Answer):
    """What the person chose in the system's dialog; no path when they closed it."""

    path: str | None


class SettingsView(Answer):
    """The settings of this computer (specification, 9.2)."""

    device_id: UUID | None
    api_base_url: str
    download_folder: FolderView | None
    auto_start: bool
    cloud_sync_enabled: bool
    cloud_upload_resumes: bool
    log_level: str
    portal_concurrency: int
    portal_requests_per_second: float
    portal_tagged_pdfs: bool


class SettingsChange(Request):
    """The settings that are to change; absent ones stay. The portal's take effect at the next download."""

    auto_start: bool | None = None
    cloud_sync_enabled: bool | None = None
    cloud_upload_resumes: bool | None = None
    log_level: str | None = Field(default=None, pattern="^(debug|info|warning|error)$")
    portal_concurrency: int | None = Field(default=None, ge=1, le=8)
    portal_requests_per_second: float | None = Field(default=None, gt=0, le=20)
    portal_tagged_pdfs: bool | None = None


class PairingRequest(Request):
    """The code that a signed-in person made for this computer."""

    pairing_code: str = Field(min_length=1, max_length=40)
    device_name: ShortText = ""


class PairingView(Answer):
    """Whether this computer belongs to an office, and to which."""

    paired: bool
    device_id: UUID | None = None
    organisation_name: str = ""
    user_email: str = ""


class OutboxCounts(Answer):
    """What waits to be sent to the office."""

    waiting: int
    parked: int
    uploads_waiting: int


class OutboxItem(Answer):
    """One record that waits or is parked, without its contents.

    Attributes:
        occurred_at: since when it is there.
        next_attempt_at: when it is tried again; absent for one that is parked, or due at once.
    """

    event_id: UUID
    type: str
    occurred_at: datetime
    attempts: int
    parked: bool
    reason: Reason | None = None
    detail: str = ""
    next_attempt_at: datetime | None = None


class OutboxView(Answer):
    """The outbox: counts, and the oldest 200 records, parked ones first."""

    counts: OutboxCounts
    items: list[OutboxItem]


class Health(Answer):
    """The agent as its page sees it.

    Attributes:
        cloud: ``reachable``, ``unreachable`` (tried and failed), ``unknown`` (not tried yet) or ``off``.
        cloud_reason: why the cloud is not reachable.
        records_reason: why this computer's own records cannot be written just now.
        secrets_are_kept: whether this computer has a safe place for passwords.
        native_dialogs: whether a window is there whose dialogs a page may use.
        is_held: whether nothing can be changed for some seconds: a new version looks whether all of it works.
    """

    status: str
    agent_version: str
    pairing: PairingView
    cloud: str
    cloud_reason: Reason | None = None
    records_reason: Reason | None = None
    last_sync_at: datetime | None = None
    outbox: OutboxCounts
    secrets_are_kept: bool
    native_dialogs: bool = False
    running_job_id: UUID | None = None
    is_held: bool = False


class PortalAccount(Answer):
    """The portal account that this computer remembers; never its password."""

    username: str
    phone: str
    password_is_kept: bool
    otp_hint_url: str = ""


class SessionStart(Request):
    """A login to the portal. An empty password stands for the one in the keyring."""

    username: str = Field(min_length=1, max_length=200)
    password: str = Field(default="", max_length=200)
    phone: str = Field(min_length=1, max_length=40)
    remember: bool = True


class OtpRequest(Request):
    """The code from the phone."""

    otp: str = Field(min_length=1, max_length=20, pattern=r"^\s*[0-9A-Za-z -]+\s*$")


class SessionView(Answer):
    """The portal session, with the seconds that the code is still good for."""

    state: SessionState
    otp_expires_at: datetime | None = None
    otp_seconds_left: int | None = None
    reason: Reason | None = None


class PortalChoice(Answer):
    """One option of a portal filter: the portal's label, and the one that people are shown."""

    portal_label: str
    label: str


class PortalChoices(Answer):
    """What can be downloaded."""

    ranks: list[PortalChoice]
    ship_types: list[PortalChoice]


class DownloadRequest(JobRequest):
    """A `JobRequest` whose fields are named exactly."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ListingView(Answer):
    """One person of a job, as the download screen shows them."""

    seq: int
    change: int
    candidate_external_id: str
    state: ListingState
    reason: Reason | None = None
    name: str = ""
    present_rank: str = ""
    filename: str = ""
    at: datetime | None = None


class RetryRequest(Request):
    """Whom to fetch again, by their numbers in the job; everybody who failed when there are none."""

    seqs: list[int] | None = Field(default=None, min_length=1, max_length=100_000)


class QueuedJob(Answer):
    """A queued job's place: 1 goes next. A paused one has none, and the others go past it."""

    job_id: UUID
    position: int | None
    waits_for: WaitsFor


class JobDetails(Answer):
    """A job with every person in it; ``queued`` while it waits."""

    job: JobSnapshot
    listings: list[ListingView]
    seconds_left: int | None = None
    queued: QueuedJob | None = None


class JobList(Answer):
    """The newest jobs of this computer, newest first, and the queue in the order in which it runs."""

    jobs: list[JobSnapshot]
    queue: list[QueuedJob] = []


class StreamMessage(Answer):
    """One message of a job's stream; ``change`` is the stream's id.

    A stream sends `job` whenever the job or its place in the queue changes, `listing` whenever a person
    does, and ends with `job` in a final state.
    """

    change: int
    job: JobSnapshot | None = None
    listing: ListingView | None = None
    seconds_left: int | None = None
    queued: QueuedJob | None = None


class SignInRequest(Request):
    """Signing in to the office through the agent: the tokens stay with it."""

    email: str = Field(min_length=3, max_length=320)
    password: str = Field(min_length=1, max_length=400)


class JoinRequest(Request):
    """Joining an office by invitation through the agent: the tokens stay with it."""

    invitation_token: str = Field(min_length=1, max_length=200)
    full_name: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=400)
