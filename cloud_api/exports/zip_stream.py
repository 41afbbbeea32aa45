"""An export as one ZIP, made while it is sent: for a page that has no agent beside it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC
from uuid import UUID
from zlib import crc32

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.errors import Conflict
from cloud_api.exports.make import MadeRow, find, note_taking
from cloud_api.exports.read import Objects, PersonRow, checked_bytes, every_person
from protocol.export_archive import Entry, Found, Missing, archive
from protocol.read_ahead import read_ahead
from protocol.reasons import Reason

ZIP = "application/zip"
THREADS = 8
"""How many are read at once from a store that is elsewhere."""

MOST_BYTES = 3 * 1024 * 1024
"""The most of resumes that were read and are not sent yet; one that is longer is alone."""

UNKNOWN_BYTES = 256 * 1024
"""What a resume is thought to be of which no length was fixed."""


class ZipSender:
    """Sends exports as ZIPs."""

    def __init__(self, database: Database, objects: Objects, goes_on: Callable[[], bool]) -> None:
        """Send from here; what is being sent is broken off when ``goes_on`` says no."""
        self._database = database
        self._objects = objects
        self._goes_on = goes_on

    def begin(self, principal: Principal, export_id: UUID) -> MadeRow:
        """Look the export up before the first byte is sent, so that a refusal can still be told, and note it.

        Raises:
            NotFound: the caller has no such export, or may not read it any more.
        """
        with self._database.authenticated(principal.claims) as tx:
            made = find(tx, export_id)
            note_taking(tx, principal, made)
        return made

    def send(self, principal: Principal, made: MadeRow) -> Iterator[bytes]:
        """Yield the ZIP's bytes, as many as ``made.length`` says; some resumes are read ahead.

        A fault breaks the answer off: without its end it is no ZIP, and the reader is told by the connection.
        """
        return archive(self._entries(principal, made), made.created_at.astimezone(UTC), made.length)

    def _entries(self, principal: Principal, made: MadeRow) -> Iterator[Entry]:
        people = every_person(self._database, principal, made)
        threads = 0 if self._objects.is_near else THREADS
        ahead = read_ahead(people, self._entry, threads=threads, most=MOST_BYTES, weigh=_weight)
        with closing(ahead):
            for entry in ahead:
                if not self._goes_on():
                    raise InterruptedError("the server stops")
                yield entry

    def _entry(self, row: PersonRow) -> Entry:
        return row, self._found(row)

    def _found(self, row: PersonRow) -> Found | Missing:
        if row.is_deleted:
            return Missing(Reason.CANDIDATE_DELETED)
        if row.resume_id is None:
            return Missing(Reason.EXPORT_NO_RESUME)
        stored = row.stored
        if stored is None or row.promised_length == 0:
            return Missing(Reason.RESUME_ONLY_ELSEWHERE, row.device_name, row.device_last_seen_at)
        try:
            data = checked_bytes(self._objects, stored)
        except Conflict as error:
            return Missing(error.reason, row.device_name, row.device_last_seen_at)
        if (
            row.promised_length is not None and len(data) > row.promised_length
        ):  # another print, uploaded since
            return Missing(Reason.RESUME_LOST_IN_STORE, row.device_name, row.device_last_seen_at)
        return Found(data, crc32(data))


def _weight(row: PersonRow) -> int:
    return UNKNOWN_BYTES if row.promised_length is None else row.promised_length
