"""The statuses of a candidate and the steps between them."""

from collections.abc import Mapping
from enum import StrEnum


class CandidateStatus(StrEnum):
    """Where a person stands with the office. The words are the office's own."""

    NEW = "New"
    CONTACTED = "Contacted"
    INTERESTED = "Interested"
    MAIL_SENT = "Mail Sent (handoff complete)"
    NOT_INTERESTED = "Not Interested"


ALLOWED_TRANSITIONS: Mapping[CandidateStatus, frozenset[CandidateStatus]] = {
    CandidateStatus.NEW: frozenset({CandidateStatus.CONTACTED}),
    CandidateStatus.CONTACTED: frozenset({CandidateStatus.INTERESTED, CandidateStatus.NOT_INTERESTED}),
    CandidateStatus.INTERESTED: frozenset({CandidateStatus.MAIL_SENT}),
    CandidateStatus.MAIL_SENT: frozenset(),
    CandidateStatus.NOT_INTERESTED: frozenset(),
}
"""From each status, the ones that anyone may set. The database enforces the same table; an admin may
override it with a reason."""

ARCHIVE_STATUSES = frozenset(status for status, after in ALLOWED_TRANSITIONS.items() if not after)
"""The final statuses, which make up the Archive."""


def may_move(before: CandidateStatus, after: CandidateStatus) -> bool:
    """Tell whether anyone may set ``after`` on a candidate that is at ``before``."""
    return after in ALLOWED_TRANSITIONS[before]


def next_statuses(status: CandidateStatus | None) -> list[CandidateStatus]:
    """Return what anyone may set next, in the order of work; nothing while there is no status yet."""
    after = ALLOWED_TRANSITIONS[status] if status is not None else frozenset()
    return [candidate for candidate in CandidateStatus if candidate in after]
