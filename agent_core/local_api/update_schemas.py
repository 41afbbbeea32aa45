"""The bodies of updates on this computer."""

from datetime import datetime

from agent_core.local_api.schemas import Answer, Request
from agent_core.ports import RestartWhen, UpdateState
from protocol.reasons import Reason
from protocol.updates import UpdateResult


class DownloadWish(Request):
    """Whether the new version's download goes on or pauses."""

    go_on: bool


class RestartWish(Request):
    """When NjordHR starts as the version that is ready.

    Attributes:
        even_if_downloading: now, though a download of resumes runs; it goes on afterwards.
    """

    when: RestartWhen
    even_if_downloading: bool = False


class EndedUpdateView(Answer):
    """How the last update ended; see `ports.EndedUpdate`."""

    id: str
    result: UpdateResult
    from_version: str
    to_version: str
    at: datetime
    reason: Reason | None = None


class UpdateView(Answer):
    """What is known of updates; see `ports.UpdateStatus`.

    Attributes:
        updates_itself: without it nothing else is meant: whoever installed this copy brings the next one.
        why: why it failed, is held, or was taken back.
    """

    updates_itself: bool
    state: UpdateState
    version: str
    build: int = 0
    channel: str = ""
    offered: str | None = None
    notes: str = ""
    is_critical: bool = False
    is_unsafe: bool = False
    done_bytes: int = 0
    total_bytes: int = 0
    why: Reason | None = None
    checked_at: datetime | None = None
    not_confirmed: Reason | None = None
    is_checking: bool = False
    restart: RestartWhen | None = None
    restart_at: datetime | None = None
    is_writable: bool = True
    ended: EndedUpdateView | None = None
