"""The outbox: events in the order in which they were recorded, until the cloud's verdict removes them.

`append` runs inside the transaction that records the state; `OutboxRecords` is what the relay uses.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from agent_core.errors import StoreError
from agent_core.ports import Clock, Fate, OutboxEntry, OutboxNumbers, OutboxRecord, Settlement, UploadTask
from agent_core.store import uploads
from agent_core.store.belonging import CURRENT, OURS, THEIRS
from agent_core.store.connection import Records
from agent_core.store.values import AT_ONCE, FAR_FUTURE, to_optional_text, to_reason, to_text, to_time
from protocol.events import Event
from protocol.reasons import Reason

CLAIM_BYTES = 1_000_000
"""About how much one batch carries; a single larger event still goes."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def append(connection: sqlite3.Connection, event: Event, resume_id: UUID | None = None) -> None:
    """Record an event; it is sent when this transaction is on the disk."""
    connection.execute(
        "insert into outbox (event_id, type, body, resume_id, occurred_at, next_attempt_at,"  # noqa: S608 - constants
        f" organisation_id) values (?, ?, ?, ?, ?, ?, {CURRENT})",
        (
            str(event.event_id),
            event.type.value,
            event.model_dump_json(),
            None if resume_id is None else str(resume_id),
            to_text(event.occurred_at),
            AT_ONCE,
        ),
    )


class OutboxRecords:
    """Implements `ports.OutboxStore`."""

    def __init__(self, records: Records, clock: Clock) -> None:
        """Work on these records."""
        self._records = records
        self._clock = clock

    def claim_events(self, limit: int) -> Sequence[OutboxEntry]:
        """Return the oldest events that are due; park those that cannot be read."""
        now = self._clock()
        with self._records.read() as connection:
            rows = _due(connection, now, limit)
        entries: list[OutboxEntry] = []
        for row in rows:
            entry = _entry(row)
            if entry is None:
                self.settle_events([_unreadable(row["position"])])
            else:
                entries.append(entry)
        return entries

    def settle_events(self, settlements: Sequence[Settlement]) -> None:
        """Remove, reschedule or park, all in one transaction."""
        now = self._clock()
        with self._records.write() as connection:
            for settlement in settlements:
                if settlement.fate is Fate.DONE:
                    _remove(connection, settlement, now)
                else:
                    _keep(connection, settlement)

    def claim_upload(self) -> UploadTask | None:
        """Return the oldest upload that is due; park those that cannot be read."""
        while True:
            with self._records.read() as connection:
                row = uploads.due(connection, self._clock())
            if row is None:
                return None
            task = uploads.task(row)
            if task is not None:
                return task
            self.settle_upload(_unreadable(UUID(row["resume_id"])))

    def upload_of(self, candidate_external_id: str, content_sha256: str) -> UploadTask | None:
        """Return a stored resume as an upload, whether or not one waits; nothing when it cannot be one."""
        with self._records.read() as connection:
            row = uploads.of_resume(connection, candidate_external_id, content_sha256)
        return None if row is None else uploads.task(row)

    def upload_done(self, resume_id: UUID) -> None:
        """Remove the upload of a resume that the office has."""
        self.settle_upload(Settlement(resume_id, Fate.DONE))

    def settle_upload(self, settlement: Settlement) -> None:
        """Remove, reschedule or park an upload."""
        with self._records.write() as connection:
            uploads.settle(connection, settlement)

    def numbers(self) -> OutboxNumbers:
        """Count what waits."""
        with self._records.read() as connection:
            row = connection.execute(
                "select (select count(*) from outbox where parked = 0) as waiting,"
                " (select count(*) from outbox where parked = 1)"
                " + (select count(*) from uploads where parked = 1) as parked,"
                " (select count(*) from uploads where parked = 0) as uploads_waiting"
            ).fetchone()
        return OutboxNumbers(row["waiting"], row["parked"], row["uploads_waiting"])

    def items(self, limit: int) -> Sequence[OutboxRecord]:
        """Return the oldest records, parked ones first, without their contents."""
        with self._records.read() as connection:
            rows = connection.execute(
                "select event_id, type, occurred_at, attempts, parked, reason, detail, next_attempt_at,"
                " position from outbox union all"
                " select resume_id, 'upload', made_at, attempts, parked, reason, detail, next_attempt_at,"
                " position from uploads"
                " order by parked desc, occurred_at, position limit ?",
                (limit,),
            ).fetchall()
        return [_record(row) for row in rows]

    def retry(self, event_id: UUID) -> None:
        """Try a record again at once, as if it had never been tried.

        Raises:
            StoreError: nothing of this id waits or is parked, or it is another office's.
        """
        values = (AT_ONCE, str(event_id))
        with self._records.write() as connection:
            changed = sum(
                connection.execute(
                    f"update {table} set parked = 0, attempts = 0, reason = null, detail = '',"  # noqa: S608 - constants
                    f" next_attempt_at = ? where {key} = ? and {OURS}",
                    values,
                ).rowcount
                for table, key in (("outbox", "event_id"), ("uploads", "resume_id"))
            )
            if not changed:
                raise StoreError(_why_not(connection, event_id), "record")


def _why_not(connection: sqlite3.Connection, event_id: UUID) -> Reason:
    known = connection.execute(
        "select 1 from outbox where event_id = ?1 union all select 1 from uploads where resume_id = ?1",
        (str(event_id),),
    ).fetchone()
    return Reason.REQUEST_NOT_FOUND if known is None else Reason.OUTBOX_ANOTHER_OFFICE


def _due(connection: sqlite3.Connection, now: datetime, limit: int) -> list[sqlite3.Row]:
    rows = connection.execute(
        "select position, body, attempts, reason, detail from outbox"  # noqa: S608 - constants
        f" where parked = 0 and (next_attempt_at <= ? or next_attempt_at > ?) and {OURS}"
        " order by position limit ?",
        (to_text(now), to_text(now + FAR_FUTURE), limit),
    ).fetchall()
    total = 0
    due: list[sqlite3.Row] = []
    for row in rows:
        total += len(row["body"])
        if due and total > CLAIM_BYTES:
            break
        due.append(row)
    return due


def _record(row: sqlite3.Row) -> OutboxRecord:
    waits = not row["parked"] and row["next_attempt_at"] != AT_ONCE
    return OutboxRecord(
        event_id=UUID(row["event_id"]),
        type=row["type"],
        occurred_at=to_time(row["occurred_at"]),
        attempts=row["attempts"],
        parked=bool(row["parked"]),
        reason=to_reason(row["reason"]),
        detail=row["detail"],
        next_attempt_at=to_time(row["next_attempt_at"]) if waits else None,
    )


def _entry(row: sqlite3.Row) -> OutboxEntry | None:
    try:
        event = _EVENT.validate_json(row["body"])
    except ValidationError:
        return None  # the caller parks it
    return OutboxEntry(row["position"], event, row["attempts"], to_reason(row["reason"]), row["detail"])


def _unreadable(key: int | UUID) -> Settlement:
    return Settlement(key, Fate.PARKED, reason=Reason.INGEST_UNREADABLE, detail="damaged on this computer")


def _remove(connection: sqlite3.Connection, settlement: Settlement, now: datetime) -> None:
    row = connection.execute(
        "delete from outbox where position = ? returning resume_id", (settlement.key,)
    ).fetchone()
    if row is not None and row["resume_id"] is not None and settlement.upload_wanted:
        uploads.insert(connection, UUID(row["resume_id"]), now)


def _keep(connection: sqlite3.Connection, settlement: Settlement) -> None:
    connection.execute(
        "update outbox set attempts = attempts + 1, parked = ?, reason = ?, detail = ?,"  # noqa: S608 - constants
        f" next_attempt_at = coalesce(?, next_attempt_at) where position = ? and not ({THEIRS})",
        (
            int(settlement.fate is Fate.PARKED),
            None if settlement.reason is None else settlement.reason.value,
            settlement.detail,
            to_optional_text(settlement.at),
            settlement.key,
        ),
    )
