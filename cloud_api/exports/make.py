"""Asking for an export: whom it has is fixed, and in the audit log, before anything of it can be read."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.db.candidate_filter import filter_parameters
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import CloudError, InvalidRequest, NotFound
from cloud_api.exports.length import MISSING_BYTES, FileSizes, TableSizes, most_bytes
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from protocol.exports import MAX_PEOPLE, CandidateFilter, Export, ExportRequest
from protocol.reasons import Reason

SQL = NamedQueries("cloud_api.exports", "exports.sql")
LIFETIME = timedelta(hours=1)
"""How long an export may be read by who asked for it."""


class AskedRow(NamedTuple):
    """What came of asking: how many people fit, and the export that was made of them, if it was."""

    export_id: UUID | None
    people: int
    created_at: datetime | None


class MadeRow(NamedTuple):
    """An export as the table has it.

    Attributes:
        text_bytes: the most that there is to write about its people; absent when no length was fixed.
        path_bytes: the most that the changing parts of its files' paths take.
        files: how many files it was to have.
        file_bytes: how much room these take, at the least what is said of each when it is lost.
    """

    export_id: UUID
    people: int
    created_at: datetime
    text_bytes: int | None = None
    path_bytes: int | None = None
    files: int = 0
    file_bytes: int = 0

    def view(self) -> Export:
        """Return it as its person is told."""
        return Export(export_id=self.export_id, people=self.people, expires_at=self.created_at + LIFETIME)

    @property
    def length(self) -> int | None:
        """How long its ZIP is, in bytes; absent when that was not fixed."""
        if self.text_bytes is None or self.path_bytes is None:
            return None
        tables = TableSizes(self.people, self.people - self.files, self.text_bytes)
        return most_bytes(tables, FileSizes(self.files, self.file_bytes, self.path_bytes))


def make(database: Database, principal: Principal, request: ExportRequest) -> Export:
    """Fix whom an export has and write it into the audit log, both or neither.

    Raises:
        NotFound: somebody of the selection is not on the office's dashboard.
        InvalidRequest: nobody fits, or too many do.
    """
    owner = {"organisation_id": principal.organisation_id, "user_id": principal.user_id}
    with database.authenticated(principal.claims) as tx:
        asked = tx.one(SQL["make_export"], owner | _chosen(request) | {"most": MAX_PEOPLE}, AskedRow)
        if asked.export_id is None or asked.created_at is None:
            raise _refusal(request, asked.people)
        if request.candidate_ids is not None and asked.people != len(set(request.candidate_ids)):
            raise NotFound(Reason.REQUEST_NOT_FOUND, "candidate_ids")
        made = MadeRow(asked.export_id, asked.people, asked.created_at)
        details = _details(request, made.people)
        audit.write(tx, principal, Act.CANDIDATES_EXPORT, Subject("export", made.export_id), details)
    return made.view()


def note_taking(tx: Transaction, principal: Principal, made: MadeRow) -> None:
    """Write into the audit log that an export is being taken, before anything of it is handed out."""
    audit.write(tx, principal, Act.EXPORT_TAKEN, Subject("export", made.export_id), {"people": made.people})


def find(tx: Transaction, export_id: UUID) -> MadeRow:
    """Return an export of the caller that may still be read.

    Raises:
        NotFound: there is none.
    """
    wanted = {"export_id": export_id, "lifetime": LIFETIME, "missing_bytes": MISSING_BYTES}
    return tx.one(SQL["export"], wanted, MadeRow)


def _chosen(request: ExportRequest) -> dict[str, Any]:
    ids = None if request.candidate_ids is None else list(set(request.candidate_ids))
    return filter_parameters(request.filter or CandidateFilter()) | {"candidate_ids": ids}


def _refusal(request: ExportRequest, people: int) -> CloudError:
    if request.candidate_ids is not None:
        return NotFound(Reason.REQUEST_NOT_FOUND, "candidate_ids")
    if not people:
        return InvalidRequest(Reason.EXPORT_NOBODY)
    return InvalidRequest(Reason.EXPORT_TOO_MANY, facts={"people": people, "most": MAX_PEOPLE})


def _details(request: ExportRequest, people: int) -> dict[str, Any]:
    """Return what the audit log says beside who and when; whom exactly is in the export's own row."""
    if request.filter is None:
        return {"people": people, "chosen_by": "selection"}
    chosen = request.filter.model_dump(mode="json", exclude={"q"})  # what was searched for names people
    return {"people": people, "chosen_by": "filter", "filter": chosen, "searched": bool(request.filter.q)}
