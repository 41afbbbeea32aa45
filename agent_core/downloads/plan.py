"""What to do about one listed person: fetch, skip or give up, decided without looking at anything.

Example:
    >>> decide("", Here.NOTHING, forced=False, seen=frozenset())
    Fail(reason=<Reason.RESUME_UNREADABLE_ID: 'resume.unreadable-id'>)
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from protocol.reasons import Reason


class Here(StrEnum):
    """What this computer has of a person's resume.

    ``INTACT``: recorded, and in the download folder with the recorded length. ``DAMAGED``: recorded in this
    folder, but gone or of another length, or recorded in another folder. ``NOTHING``: never recorded.
    """

    INTACT = "intact"
    DAMAGED = "damaged"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Fetch:
    """Open the person's page and get the resume."""


@dataclass(frozen=True)
class Skip:
    """Leave the person alone."""

    reason: Reason


@dataclass(frozen=True)
class Fail:
    """The person cannot be fetched at all."""

    reason: Reason


Decision = Fetch | Skip | Fail

STOPS_THE_JOB = frozenset(
    {
        Reason.BROWSER_GONE,
        Reason.BROWSER_MISSING,
        Reason.BROWSER_START,
        Reason.FOLDER_FULL,
        Reason.FOLDER_NOT_ABSOLUTE,
        Reason.FOLDER_NOT_THERE,
        Reason.FOLDER_NOT_WRITABLE,
        Reason.LOGIN_NOT_CONNECTED,
        Reason.PORTAL_BLOCKED,
        Reason.PORTAL_CERTIFICATE,
        Reason.PORTAL_SESSION_ENDED,
    }
)
"""With one of these nobody else can be fetched either: the rest of the job gets the same reason."""

PORTAL_TROUBLE = frozenset({Reason.PORTAL_UNREACHABLE, Reason.PORTAL_SLOW, Reason.PORTAL_SERVER_ERROR})
"""Reasons that concern one person at first, and the whole portal when they come one after the other."""

TROUBLE_LIMIT = 8
"""So many people in a row with trouble of the portal, and the job leaves it alone."""


def decide(candidate_external_id: str, here: Here, *, forced: bool, seen: Set[str]) -> Decision:
    """Decide about one listing.

    Args:
        candidate_external_id: digits, or empty when the portal's number cannot be read.
        here: what this computer has.
        forced: fetch even what is here.
        seen: the people of earlier listings of this job.
    """
    if not candidate_external_id:
        return Fail(Reason.RESUME_UNREADABLE_ID)
    if candidate_external_id in seen:
        return Skip(Reason.SKIP_LISTED_TWICE)
    if here is Here.INTACT and not forced:
        return Skip(Reason.SKIP_ALREADY_HERE)
    return Fetch()


def is_unchanged(here: Here, known_content: str, fetched_content: str) -> bool:
    """Tell whether writing the fetched resume would change nothing."""
    return here is Here.INTACT and known_content == fetched_content


@dataclass
class Trouble:
    """Counts people in a row whom the portal's trouble kept from being fetched."""

    in_a_row: int = 0

    def after(self, reason: Reason | None) -> Reason | None:
        """Take in how a fetch ended, and return why the job must stop, if it must."""
        if reason in STOPS_THE_JOB:
            return reason
        self.in_a_row = self.in_a_row + 1 if reason in PORTAL_TROUBLE else 0
        return reason if self.in_a_row >= TROUBLE_LIMIT else None
