"""What to do about one listed person: fetch, skip or give up, decided without looking at anything.

Example:
    >>> decide("", Here.NOTHING, forced=False, listed_before=False)
    Fail(reason=<Reason.RESUME_UNREADABLE_ID: 'resume.unreadable-id'>)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent_core.ports import ListingRow, ListingState
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
        Reason.BROWSER_DRIVER,
        Reason.BROWSER_GONE,
        Reason.BROWSER_MISSING,
        Reason.BROWSER_START,
        Reason.BROWSER_TOO_OLD,
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
"""With one of these nobody else can be fetched either: the job waits with that reason."""

TROUBLE_LIMIT = 8
"""So many people in a row with trouble of the portal, and the job leaves it alone for a while."""

TROUBLE_TRIES = 2
"""So often a person is tried whom a portal that answers does not give."""

SESSION_TRIES = 3
"""So often a person is tried with whom the session ended: it may be their page that ends it."""


def decide(candidate_external_id: str, here: Here, *, forced: bool, listed_before: bool) -> Decision:
    """Decide about one listing.

    Args:
        candidate_external_id: digits, or empty when the portal's number cannot be read.
        here: what this computer has.
        forced: fetch even what is here.
        listed_before: this job has an earlier listing of the person.
    """
    if not candidate_external_id:
        return Fail(Reason.RESUME_UNREADABLE_ID)
    if listed_before:
        return Skip(Reason.SKIP_LISTED_TWICE)
    if here is Here.INTACT and not forced:
        return Skip(Reason.SKIP_ALREADY_HERE)
    return Fetch()


def is_unchanged(here: Here, known_content: str, fetched_content: str) -> bool:
    """Tell whether writing the fetched resume would change nothing."""
    return here is Here.INTACT and known_content == fetched_content


def in_order(rows: Sequence[ListingRow]) -> list[ListingRow]:
    """Return the people who wait, as they are to be fetched: those last whose turn went wrong twice."""
    waiting = [row for row in rows if row.state is ListingState.WAITING]
    return sorted(waiting, key=lambda row: (row.tries > 1, row.seq))


def first_listings(rows: Sequence[ListingRow]) -> dict[str, int]:
    """Return the ``seq`` of each person's first listing."""
    first: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.seq):
        first.setdefault(row.candidate_external_id, row.seq)
    return first
