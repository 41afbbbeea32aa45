"""Ids of events, made once when an event is recorded.

They begin with the time (RFC 9562, version 7), so that those of a long outbox lie in its index in the order
in which they come and go: random ones would each touch a page of their own, and a long outbox would be slow.
"""

from datetime import datetime
from uuid import UUID, uuid4

_MILLISECONDS = 0xFFFF_FFFF_FFFF
_RANDOM = (1 << 76) - 1


def new_event_id(now: datetime) -> UUID:
    """Return an id that nobody else makes, whatever the clock says."""
    milliseconds = int(now.timestamp() * 1000) & _MILLISECONDS
    return UUID(int=milliseconds << 80 | 7 << 76 | uuid4().int & _RANDOM)
