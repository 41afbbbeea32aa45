"""Which queued job runs next, and what each of the others waits for: pure.

Jobs run in the order in which they were made. One that a person paused lets the others past. Whatever keeps
everybody from being fetched, such as a captcha or a full disk, keeps the whole queue.

Example:
    >>> waits_for(Reason.JOB_PAUSED, Circumstances())
    <WaitsFor.PERSON: 'person'>
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from protocol.jobs import JobSnapshot
from protocol.reasons import Reason


class WaitsFor(StrEnum):
    """What must happen before a queued job runs."""

    TURN = "turn"
    LOGIN = "login"
    PORTAL = "portal"
    FOLDER = "folder"
    PERSON = "person"


PORTAL_TROUBLE = frozenset({Reason.PORTAL_UNREACHABLE, Reason.PORTAL_SLOW, Reason.PORTAL_SERVER_ERROR})
"""It goes on by itself when the portal answers again."""

FOLDER_TROUBLE = frozenset(
    {
        Reason.AGENT_STORE_WRITE,
        Reason.FOLDER_FULL,
        Reason.FOLDER_NOT_ABSOLUTE,
        Reason.FOLDER_NOT_SET,
        Reason.FOLDER_NOT_THERE,
        Reason.FOLDER_NOT_WRITABLE,
    }
)
"""It goes on by itself when the disk and the folder can be used again."""

NEEDS_SOMEBODY = frozenset({Reason.PORTAL_BLOCKED, Reason.PORTAL_CERTIFICATE})
"""Nobody goes past these: the portal would only be asked again what it refused."""

OWN_WISHES = frozenset({Reason.JOB_PAUSED, Reason.JOB_INTERRUPTED, Reason.LOGIN_NOT_CONNECTED})
"""Somebody here stopped it; nothing is wrong."""


@dataclass(frozen=True)
class Circumstances:
    """How things stand.

    Attributes:
        connected: to the portal.
        portal_answers: as far as is known; a login or a look at the portal shows it.
        folder_is_fine: as far as is known.
    """

    connected: bool = True
    portal_answers: bool = True
    folder_is_fine: bool = True


@dataclass(frozen=True)
class Place:
    """A job's place in the queue: 1 goes next; a paused one has none."""

    job_id: UUID
    position: int | None
    waits_for: WaitsFor


def waits_for(reason: Reason | None, now: Circumstances) -> WaitsFor:
    """Tell what a job waits for, by the reason that it was queued with."""
    if reason is Reason.JOB_PAUSED or reason in NEEDS_SOMEBODY:
        return WaitsFor.PERSON
    if not now.connected:
        return WaitsFor.LOGIN
    if reason in FOLDER_TROUBLE:
        return WaitsFor.TURN if now.folder_is_fine else WaitsFor.FOLDER
    if reason is not None and not now.portal_answers:
        return WaitsFor.PORTAL
    return WaitsFor.TURN


def places(queued: Sequence[JobSnapshot], now: Circumstances) -> list[Place]:
    """Return the place of each queued job, in their order."""
    found: list[Place] = []
    ahead = 0
    for job in queued:
        is_paused = job.reason is Reason.JOB_PAUSED
        ahead += 0 if is_paused else 1
        found.append(Place(job.job_id, None if is_paused else ahead, waits_for(job.reason, now)))
    return found


def next_job(queued: Sequence[JobSnapshot], now: Circumstances) -> JobSnapshot | None:
    """Return the job that runs next, if one can run now."""
    in_line = [job for job in queued if job.reason is not Reason.JOB_PAUSED]
    can_run = all(waits_for(job.reason, now) is WaitsFor.TURN for job in in_line)
    return in_line[0] if in_line and now.connected and can_run else None
