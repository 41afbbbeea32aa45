"""Reading an export that was made: its people in parts, and the cloud copies of their resumes."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import CloudError, Conflict, NotFound
from cloud_api.exports.make import LIFETIME, SQL, MadeRow, find, note_taking
from protocol.exports import ExportPage, ExportPerson, ExportResume, ExportRow
from protocol.read_ahead import read_ahead
from protocol.reasons import Reason

_FIRST, _PAGE = 16, 500
"""People of a page for a ZIP: of the first, before which nothing is sent, and of the others."""


class Objects(Protocol):
    """What is needed of the office's file store."""

    @property
    def is_near(self) -> bool:
        """Whether it is on this machine, so that reading ahead gains nothing."""
        ...

    def get(self, key: str) -> Iterator[bytes]:
        """Open an object and return its bytes, in pieces.

        Raises:
            CloudError: `upload.missing` when there is none, `store.unavailable` when that cannot be known.
        """
        ...


class StoredResume(BaseModel):
    """Where a resume's cloud copy lies, and what it was when it was uploaded."""

    model_config = ConfigDict(frozen=True)

    storage_path: str
    stored_sha256: str
    filename: str


class PersonRow(ExportRow):
    """A person of an export as the tables have them; without a resume its fields are absent.

    Attributes:
        is_deleted: they were deleted since the export was asked for, and all that is told is that.
        promised_length: how long the cloud copy was when the export was asked for, in bytes; 0 for none, and
            absent for an export of which no length was fixed.
    """

    place: int
    is_deleted: bool
    resume_id: UUID | None
    content_sha256: str | None
    file_sha256: str | None
    stored_sha256: str | None
    storage_path: str | None
    promised_length: int | None
    device_name: str
    device_last_seen_at: datetime | None

    def view(self) -> ExportPerson:
        """Return the person as an export has them."""
        row = ExportRow(**self.model_dump(include=set(ExportRow.model_fields)))
        if self.resume_id is None:
            return ExportPerson(row=row)
        return ExportPerson(row=row, resume=ExportResume(**self.model_dump()))

    @property
    def stored(self) -> StoredResume | None:
        """Return the cloud copy, when there is one."""
        if self.storage_path is None or self.stored_sha256 is None:
            return None
        return StoredResume(
            storage_path=self.storage_path, stored_sha256=self.stored_sha256, filename=self.filename
        )


def page(database: Database, principal: Principal, export_id: UUID, after: int, limit: int) -> ExportPage:
    """Return the people after the first ``after`` of an export.

    Raises:
        NotFound: the caller has no such export, or may not read it any more.
    """
    with database.authenticated(principal.claims) as tx:
        made = find(tx, export_id)
        if after == 0:
            note_taking(tx, principal, made)
        rows = _rows(tx, made, after, limit)
    more = after + limit < made.people
    return ExportPage(people=tuple(row.view() for row in rows), next_after=after + limit if more else None)


def every_person(database: Database, principal: Principal, made: MadeRow) -> Iterator[PersonRow]:
    """Yield everybody of an export, a page at a time and one ahead, each in a transaction of its own.

    Raises:
        NotFound: the caller may not see them any more.
    """

    def read(after: int) -> list[PersonRow]:
        limit = _FIRST if after == 0 else _PAGE
        with database.authenticated(principal.claims) as tx:
            return _rows(tx, made, after, limit)

    starts = (0, *range(_FIRST, made.people, _PAGE))
    with closing(read_ahead(starts, read, threads=1, most=2)) as pages:
        for rows in pages:
            yield from rows


def _rows(tx: Transaction, made: MadeRow, after: int, limit: int) -> list[PersonRow]:
    rows = tx.all(SQL["people"], {"export_id": made.export_id, "after": after, "limit": limit}, PersonRow)
    if len(rows) != max(0, min(limit, made.people - after)):
        raise NotFound(Reason.REQUEST_NOT_FOUND)  # never a shorter export that looks whole
    return rows


def cloud_copy(database: Database, principal: Principal, export_id: UUID, resume_id: UUID) -> StoredResume:
    """Return where the cloud copy of a resume in an export lies.

    Raises:
        NotFound: the caller has no such export, or may not read it any more.
        Conflict: `resume.not-in-cloud`: there is no such copy in it.
    """
    wanted = {"export_id": export_id, "resume_id": resume_id, "lifetime": LIFETIME}
    with database.authenticated(principal.claims) as tx:
        find(tx, export_id)
        stored = tx.maybe(SQL["stored_resume"], wanted, StoredResume)
    if stored is None:
        raise Conflict(Reason.RESUME_NOT_IN_CLOUD)
    return stored


def checked_bytes(objects: Objects, stored: StoredResume) -> bytes:
    """Return an object that is what was uploaded, whole: no byte of another one leaves the office.

    Raises:
        Conflict: `resume.lost-in-store`: it is gone, or is another one.
        CloudError: the store cannot be asked now.
    """
    try:
        data = b"".join(objects.get(stored.storage_path))
    except CloudError as error:
        if error.reason is Reason.UPLOAD_MISSING:
            raise Conflict(Reason.RESUME_LOST_IN_STORE) from error
        raise
    if hashlib.sha256(data).hexdigest() != stored.stored_sha256:
        raise Conflict(Reason.RESUME_LOST_IN_STORE)
    return data
