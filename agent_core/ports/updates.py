"""What the agent's page may ask of the program around the agent about updates, where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from protocol.reasons import Reason


class UpdateState(StrEnum):
    """Where an update stands."""

    IDLE = "idle"
    CHECKING = "checking"
    HELD = "held"
    OFFERED = "offered"
    DOWNLOADING = "downloading"
    PAUSED = "paused"
    VERIFIED = "verified"
    STAGED = "staged"
    READY = "ready"
    PENDING = "pending"
    PROBATION = "probation"
    COMMITTED = "committed"
    FAILED = "failed"
    ROLLED_BACK = "rolled_back"


class RestartWhen(StrEnum):
    """When the program starts as the new version."""

    NOW = "now"
    TONIGHT = "tonight"
    AT_NEXT_START = "at_next_start"


@dataclass(frozen=True)
class UpdateStatus:
    """What is known of updates now.

    Attributes:
        version: of the program that runs.
        offered: the version that is offered, being fetched, or ready.
        done_bytes: of the download that runs.
        total_bytes: of the same.
        reason: why it failed, is held, or was taken back.
        checked_at: when the list of releases was last believed, RFC 3339; nothing when never.
        restart: what was chosen.
        is_writable: whether the installation can change itself; if not, it only tells.
    """

    state: UpdateState
    version: str
    build: int
    channel: str
    offered: str | None = None
    notes: str = ""
    is_critical: bool = False
    done_bytes: int = 0
    total_bytes: int = 0
    reason: Reason | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    checked_at: str | None = None
    restart: RestartWhen | None = None
    is_writable: bool = True


class Updates(Protocol):
    """The updater. Any thread may call; nothing waits for the network."""

    def status(self) -> UpdateStatus:
        """Return what is known now."""
        ...

    def check(self) -> None:
        """Look for a new version now, whatever the roll-out's stage."""
        ...

    def download(self, *, go_on: bool) -> None:
        """Fetch what is offered or go on with it; or pause."""
        ...

    def restart(self, when: RestartWhen) -> None:
        """Start as the version that is ready.

        Raises:
            RequestError: nothing is ready, or a download of resumes runs and ``when`` is now.
        """
        ...
