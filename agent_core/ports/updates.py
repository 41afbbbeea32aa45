"""What the agent's page may ask of the program around the agent about updates, where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from protocol.reasons import Reason
from protocol.updates import UpdateResult


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
class EndedUpdate:
    """How the last update of this installation ended.

    Attributes:
        id: made once, when it ended.
        reason: why it was taken back or failed.
        at: RFC 3339.
    """

    id: str
    result: UpdateResult
    from_version: str
    to_version: str
    at: str
    reason: Reason | None = None


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
        not_confirmed: why the newest look could not confirm what is newest; nothing when it could.
        is_checking: whether somebody looks just now, whatever the state.
        is_unsafe: whether the version that runs is earlier than the earliest that is safe.
        restart: what was chosen.
        restart_at: when it restarts by itself, RFC 3339.
        is_writable: whether the installation can change itself; if not, it only tells.
        ended: how the last update ended.
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
    not_confirmed: Reason | None = None
    is_checking: bool = False
    is_unsafe: bool = False
    restart: RestartWhen | None = None
    restart_at: str | None = None
    is_writable: bool = True
    ended: EndedUpdate | None = None


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

    def restart(self, when: RestartWhen, *, even_if_downloading: bool = False) -> None:
        """Start as the version that is ready.

        Args:
            when: now, some time in the night when nothing runs, or whenever it is started next.
            even_if_downloading: now, though a download of resumes runs; it goes on afterwards.

        Raises:
            RequestError: nothing is ready, or a download of resumes runs and ``when`` is now.
        """
        ...
