"""An export as one ZIP, made while it is sent: for a page that has no agent beside it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from zipstream import ZipStream

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.errors import Conflict
from cloud_api.exports.make import MadeRow, find, note_taking
from cloud_api.exports.read import Objects, PersonRow, checked_bytes, every_person
from protocol.export_archive import Entry, Missing, archive
from protocol.reasons import Reason

ZIP = "application/zip"


def begin(database: Database, principal: Principal, export_id: UUID) -> MadeRow:
    """Look the export up before the first byte is sent, so that a refusal can still be told, and note it.

    Raises:
        NotFound: the caller has no such export, or may not read it any more.
    """
    with database.authenticated(principal.claims) as tx:
        made = find(tx, export_id)
        note_taking(tx, principal, made)
    return made


def stream(
    database: Database, objects: Objects, principal: Principal, made: MadeRow, goes_on: Callable[[], bool]
) -> Iterator[bytes]:
    """Yield the ZIP's bytes; one resume is in memory at a time.

    A fault breaks the answer off: without its end it is no ZIP, and the reader is told by the connection.
    """

    def entries() -> Iterator[Entry]:
        for row in every_person(database, principal, made):
            if not goes_on():
                raise InterruptedError("the server stops")
            yield row.view(), _resume_of(objects, row)

    return archive(ZipStream(), entries())


def _resume_of(objects: Objects, row: PersonRow) -> bytes | Missing:
    if row.is_deleted:
        return Missing(Reason.CANDIDATE_DELETED)
    if row.resume_id is None:
        return Missing(Reason.EXPORT_NO_RESUME)
    if row.stored is None:
        return Missing(Reason.RESUME_ONLY_ELSEWHERE, row.device_name, row.device_last_seen_at)
    try:
        return checked_bytes(objects, row.stored)
    except Conflict as error:
        return Missing(error.reason, row.device_name, row.device_last_seen_at)
