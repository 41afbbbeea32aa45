"""How a computer joins an office and says that it is alive."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from protocol.commands import PortalReport
from protocol.jobs import JobRequest
from protocol.reasons import Reason
from protocol.wire import CandidateExternalId, Sha256, ShortText, Wire


class DeviceRegistration(Wire):
    """A computer presents the pairing code that a signed-in person made for it."""

    pairing_code: str = Field(min_length=1, max_length=40)
    device_name: ShortText = Field(min_length=1)
    platform: ShortText = Field(min_length=1)
    agent_version: ShortText = Field(min_length=1)
    device_id: UUID | None = None
    """Which device it was before, when it was one: of the same person and office it is that one again."""


class DeviceRegistered(Wire):
    """The computer's identity. The token is told this once; the cloud keeps only its hash."""

    device_id: UUID
    device_token: str
    organisation_id: UUID
    organisation_name: str
    user_id: UUID
    user_email: str


class Heartbeat(Wire):
    """What a computer says of itself; ``portal`` is absent from agents that do not tell."""

    agent_version: ShortText
    platform: ShortText
    download_folder: str = Field(default="", max_length=4096)
    waiting: int = Field(default=0, ge=0)
    parked: int = Field(default=0, ge=0)
    portal: PortalReport | None = None


class WaitingJob(JobRequest):
    """A job that somebody created in the cloud for this computer."""

    job_id: UUID


class WantedUpload(Wire):
    """A resume that only this computer has and that somebody of the office wants now."""

    command_id: UUID
    candidate_external_id: CandidateExternalId
    content_sha256: Sha256


class CommandRefusal(Wire):
    """Why a computer does not do what it was asked."""

    reason: Reason


class HeartbeatAnswer(Wire):
    """What the cloud wants the computer to know. ``waiting_jobs`` is for agents that ask for no commands."""

    server_time: AwareDatetime
    waiting_jobs: tuple[WaitingJob, ...] = ()
    wanted_uploads: tuple[WantedUpload, ...] = ()
