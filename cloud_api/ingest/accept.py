"""A batch of events: each is read, recorded and judged by itself, in the order in which it was sent.

One that cannot be read, or that is refused, never takes its neighbours with it. The whole batch is one
transaction: when the database fails, no verdict is given and the sender keeps everything.
"""

from collections.abc import Mapping
from typing import Any

from psycopg import errors as pg
from pydantic import ValidationError

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.ledger.record import record_all
from protocol.convert import to_current
from protocol.events import Event, EventType, parse_event
from protocol.ingest import IngestBatch, IngestResult, Verdict, VerdictKind
from protocol.reasons import Reason

_TRIES = 3
"""How often a batch is tried that Postgres ended because it crossed somebody else's transaction."""

_KNOWN_TYPES = frozenset(kind.value for kind in EventType)
_DETAIL_LENGTH = 400


def accept(database: Database, principal: Principal, batch: IngestBatch) -> IngestResult:
    """Record a batch and return one verdict an event, in its order.

    Raises:
        DatabaseUnavailable: nothing was recorded.
        psycopg.Error: the database failed; nothing was recorded.
    """
    for _ in range(_TRIES - 1):
        try:
            return _accept(database, principal, batch)
        except (pg.DeadlockDetected, pg.SerializationFailure):
            continue
    return _accept(database, principal, batch)


def read(raw: Mapping[str, Any], position: int) -> Event | Verdict:
    """Read one event as its sender wrote it, of whatever protocol version.

    Args:
        raw: the object.
        position: its place in the batch, which names it when it has no id.

    Returns:
        The event, or the verdict that it cannot be read; the verdict's detail names fields, never values.
    """
    try:
        current = to_current(raw)
        return parse_event(current)
    except ValidationError as error:
        unknown = str(raw.get("type")) not in _KNOWN_TYPES
        reason = Reason.INGEST_UNKNOWN_TYPE if unknown else Reason.INGEST_UNREADABLE
        return _unreadable(raw, position, reason, _fields(error))
    except ValueError:
        return _unreadable(raw, position, Reason.INGEST_UNREADABLE, "protocol")


def _accept(database: Database, principal: Principal, batch: IngestBatch) -> IngestResult:
    found = [read(raw, position) for position, raw in enumerate(batch.events)]
    events = [event for event in found if not isinstance(event, Verdict)]
    with database.authenticated(principal.claims) as tx:
        recorded = iter(record_all(tx, principal, events))
        verdicts = [event if isinstance(event, Verdict) else next(recorded) for event in found]
    return IngestResult(verdicts=tuple(verdicts))


def _unreadable(raw: Mapping[str, Any], position: int, reason: Reason, detail: str) -> Verdict:
    event_id = raw.get("event_id")
    named = isinstance(event_id, str) and 0 < len(event_id) <= _DETAIL_LENGTH
    return Verdict(
        event_id=str(event_id) if named else str(position),
        verdict=VerdictKind.REJECTED,
        reason=reason,
        detail=detail,
    )


def _fields(error: ValidationError) -> str:
    """Return which fields are wrong: their places only, for the values are somebody's data."""
    places = [".".join(str(part) for part in item["loc"]) or "event" for item in error.errors()]
    return ", ".join(dict.fromkeys(places))[:_DETAIL_LENGTH]
