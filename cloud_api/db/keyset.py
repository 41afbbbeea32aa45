"""Cursors of lists that are read by (moment, id): pages stay right while rows come and go.

A cursor is opaque to its holder and carries no rights: what it may show is decided by the query's policies.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cloud_api.errors import InvalidRequest
from protocol.reasons import Reason

MAX_CURSOR = 120


@dataclass(frozen=True)
class Position:
    """The last row of a page: when (aware) and which."""

    moment: datetime
    row_id: UUID


def encode(position: Position) -> str:
    """Return the cursor after ``position``."""
    text = f"{position.moment.isoformat()}|{position.row_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str | None) -> Position | None:
    """Return the position that a cursor names; ``None`` is the list's beginning.

    Raises:
        InvalidRequest: `request.invalid`; this is no cursor of ours.
    """
    if not cursor:
        return None
    try:
        position = _read(cursor)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise InvalidRequest(Reason.REQUEST_INVALID, "cursor: not one of this list") from error
    if position.moment.tzinfo is None:
        raise InvalidRequest(Reason.REQUEST_INVALID, "cursor: not one of this list")
    return position


def _read(cursor: str) -> Position:
    padded = cursor[:MAX_CURSOR] + "=" * (-len(cursor) % 4)
    moment, _, row_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").partition("|")
    return Position(datetime.fromisoformat(moment), UUID(row_id))
