"""What somebody of an office asks a computer of theirs to do, from wherever they are.

The cloud keeps each command until the computer has answered it, and hands it out again until then: the
computer knows by the command's id what it has done already.
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from protocol.jobs import JobRequest
from protocol.reasons import Reason
from protocol.wire import Wire

SealedCode = Annotated[str, StringConstraints(min_length=40, max_length=400, pattern=r"^[A-Za-z0-9_-]+$")]
"""A one-time code that only the computer can read: base64url of HPKE (RFC 9180) with DHKEM(P-256,
HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, the encapsulated key first; ``info`` is `sealing_info`."""

SealingKey = Annotated[str, StringConstraints(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]
"""A computer's public key: base64url of the uncompressed point on P-256."""


def sealing_info(device_id: UUID, command_id: UUID) -> bytes:
    """Return what a sealed code is bound to: it opens for this computer and this command only."""
    return f"NjordHR one-time code {device_id} {command_id}".encode()


class CommandKind(StrEnum):
    """What a computer can be asked to do."""

    UPLOAD_RESUME = "upload_resume"
    START_DOWNLOAD = "start_download"
    CANCEL_JOB = "cancel_job"
    PAUSE_JOB = "pause_job"
    RESUME_JOB = "resume_job"
    CONNECT_PORTAL = "connect_portal"
    RESEND_CODE = "resend_code"
    PORTAL_CODE = "portal_code"
    DISCONNECT_PORTAL = "disconnect_portal"


class CommandState(StrEnum):
    """Where a command stands. All but the first are final."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class SessionState(StrEnum):
    """Where a computer's session with the job portal stands."""

    DISCONNECTED = "disconnected"
    CONNECTING = "connecting"
    AWAITING_OTP = "awaiting_otp"
    VERIFYING = "verifying"
    CONNECTED = "connected"
    ENDED = "ended"


class Command(Wire):
    """One command as its computer gets it.

    Attributes:
        job_id: of which download; absent where it is about none.
        download: what to download; only with `CommandKind.START_DOWNLOAD`.
        sealed_code: only with `CommandKind.PORTAL_CODE`; handed out once and then forgotten by the cloud.
    """

    command_id: UUID
    kind: CommandKind
    job_id: UUID | None = None
    download: JobRequest | None = None
    sealed_code: str | None = None


class CommandList(Wire):
    """What waits for a computer, in the order in which it was asked.

    Attributes:
        uploads_wanted: somebody wants a resume that only this computer has: a heartbeat brings which.
        again_after_seconds: how long to wait before asking again; 0 where the cloud held the question.
    """

    commands: tuple[Command, ...] = ()
    uploads_wanted: bool = False
    again_after_seconds: float = Field(default=0, ge=0)


class PortalReport(Wire):
    """What a computer says of its session with the job portal. No user name, no whole phone number.

    Attributes:
        otp_seconds_left: how long the code that was sent is good for; only while one is awaited.
        login_is_kept: whether it can log in by itself up to the code: user name, phone and password are kept.
        phone_ends: the last two characters of the phone that the code goes to.
        folder_reason: why its download folder cannot be used.
        sealing_key: what one-time codes are sealed with; empty while it has none.
    """

    state: SessionState
    otp_seconds_left: int | None = Field(default=None, ge=0, le=3600)
    reason: Reason | None = None
    login_is_kept: bool = False
    phone_ends: str = Field(default="", max_length=4)
    folder_reason: Reason | None = None
    sealing_key: SealingKey = ""
