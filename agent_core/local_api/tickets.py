"""Tickets for downloads that a browser makes by itself: it cannot send the session token along.

A ticket is good once, for half a minute, for one file, and only while the session that asked for it is good.
Only its digest is kept; it is compared in the same time whatever is handed in.
"""

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from agent_core.ports import Clock

TICKET_LIFE = timedelta(seconds=30)


@dataclass(frozen=True)
class _Ticket:
    what: UUID
    session_token: str
    until: datetime


class Tickets:
    """Issues tickets and uses them up; any thread."""

    def __init__(self, clock: Clock, session_is_good: Callable[[str], bool]) -> None:
        """Take only tickets whose session is good when they are used."""
        self._clock = clock
        self._session_is_good = session_is_good
        self._kept: dict[bytes, _Ticket] = {}
        self._lock = threading.Lock()

    def issue(self, what: UUID, session_token: str) -> tuple[str, datetime]:
        """Return a ticket for ``what`` and until when it is good."""
        text, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._forget_old(now)
            self._kept[_digest(text)] = _Ticket(what, session_token, now + TICKET_LIFE)
        return text, now + TICKET_LIFE

    def use_up(self, text: str, what: UUID) -> bool:
        """Tell whether this ticket is for ``what`` and good, and make sure that it never is again."""
        wanted = _digest(text)
        with self._lock:
            self._forget_old(self._clock())
            found = [digest for digest in self._kept if hmac.compare_digest(digest, wanted)]
            tickets = [self._kept.pop(digest) for digest in found]
        return any(ticket.what == what and self._session_is_good(ticket.session_token) for ticket in tickets)

    def _forget_old(self, now: datetime) -> None:
        self._kept = {digest: ticket for digest, ticket in self._kept.items() if now < ticket.until}


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
