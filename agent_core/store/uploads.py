"""Resumes whose bytes the office wants. Every function runs inside the caller's transaction."""

import sqlite3
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError

from agent_core.ports import Fate, Settlement, UploadTask
from agent_core.store.belonging import OURS, THEIRS
from agent_core.store.values import AT_ONCE, FAR_FUTURE, to_optional_text, to_text
from protocol.events import ResumeDownloaded
from protocol.reasons import Reason

_REPLACED = (
    "new.candidate_external_id = old.candidate_external_id and new.position > old.position"
    " and new.folder = old.folder and new.relative_path = old.relative_path"
    " and new.file_sha256 <> old.file_sha256 and new.organisation_id is old.organisation_id"
)
"""SQL: the file of ``old`` was replaced by that of ``new``, and the office is told of both."""


def insert(connection: sqlite3.Connection, resume_id: UUID, now: datetime) -> None:
    """Add an upload; one that is there already stays as it is.

    A resume whose file was replaced by a newer one of the same person has no bytes to upload any more.
    """
    connection.execute(
        "insert into uploads (resume_id, made_at, next_attempt_at, organisation_id, parked, reason)"  # noqa: S608 - constants
        f" select resume_id, ?, ?, organisation_id, {THEIRS}, iif({THEIRS}, ?, null)"
        " from resumes as old where resume_id = ?"
        f" and not exists (select 1 from resumes as new where {_REPLACED}) on conflict do nothing",
        (to_text(now), AT_ONCE, Reason.OUTBOX_ANOTHER_OFFICE.value, str(resume_id)),
    )


def drop_replaced(connection: sqlite3.Connection, resume_id: UUID) -> None:
    """Drop the uploads of resumes whose file this new one replaced: the newer bytes are what counts."""
    connection.execute(
        "delete from uploads where resume_id in (select old.resume_id from resumes as old, resumes as new"  # noqa: S608 - constants
        f" where new.resume_id = ? and {_REPLACED})",
        (str(resume_id),),
    )


def due(connection: sqlite3.Connection, now: datetime) -> sqlite3.Row | None:
    """Return the oldest upload that is due."""
    row: sqlite3.Row | None = connection.execute(
        "select resume_id, attempts, payload, folder, relative_path"  # noqa: S608 - constants
        f" from (select * from uploads where {OURS}) as uploads join resumes using (resume_id)"
        " where parked = 0 and (next_attempt_at <= ? or next_attempt_at > ?)"
        " order by uploads.position limit 1",
        (to_text(now), to_text(now + FAR_FUTURE)),
    ).fetchone()
    return row


def of_resume(
    connection: sqlite3.Connection, candidate_external_id: str, content_sha256: str
) -> sqlite3.Row | None:
    """Return the newest resume of a person with a content as an upload, if it may go to the office of now."""
    row: sqlite3.Row | None = connection.execute(
        "select resume_id, 0 as attempts, payload, folder, relative_path from resumes"  # noqa: S608 - constants
        f" where candidate_external_id = ? and content_sha256 = ? and {OURS} order by position desc limit 1",
        (candidate_external_id, content_sha256),
    ).fetchone()
    return row


def task(row: sqlite3.Row) -> UploadTask | None:
    """Read an upload, if it can be read."""
    try:
        payload = ResumeDownloaded.model_validate_json(row["payload"])
    except ValidationError:
        return None  # the caller parks it
    return UploadTask(
        resume_id=UUID(row["resume_id"]),
        payload=payload,
        folder=row["folder"],
        relative_path=row["relative_path"],
        attempts=row["attempts"],
    )


def settle(connection: sqlite3.Connection, settlement: Settlement) -> None:
    """Remove, reschedule or park an upload."""
    if settlement.fate is Fate.DONE:
        connection.execute("delete from uploads where resume_id = ?", (str(settlement.key),))
        return
    connection.execute(
        "update uploads set attempts = attempts + ?, parked = ?, reason = ?, detail = ?,"  # noqa: S608 - constants
        f" next_attempt_at = coalesce(?, next_attempt_at) where resume_id = ? and not ({THEIRS})",
        (
            int(settlement.counts),
            int(settlement.fate is Fate.PARKED),
            None if settlement.reason is None else settlement.reason.value,
            settlement.detail,
            to_optional_text(settlement.at),
            str(settlement.key),
        ),
    )
