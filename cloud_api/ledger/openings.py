"""A resume that was opened on the computer that has its file: an entry of the audit log (spec, 7.3)."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Device
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.ledger.candidate_rows import SQL
from cloud_api.ledger.decide import Refusal
from protocol.events import ResumeOpenedEvent
from protocol.reasons import Reason


class _Opened(NamedTuple):
    resume_id: UUID | None
    candidate_id: UUID | None
    erased_at: datetime | None
    names_a_member: bool


def note(tx: Transaction, device: Device, event: ResumeOpenedEvent) -> None:
    """Write into the audit log that a resume was opened on this computer, when, and by whom of the office.

    The computer says who was signed in. Somebody who was no active member then is not named: the entry says
    only on whose computer it was.

    Raises:
        Refusal: the office does not know the resume, and the computer sends the event again later; or it
            erased the person.
    """
    asked = event.payload.model_dump() | {"opened_at": event.occurred_at}
    opened = tx.one(SQL["resume_of"], asked, _Opened)
    if opened.resume_id is None:
        known = Reason.INGEST_UNKNOWN_CANDIDATE if opened.erased_at is None else Reason.CANDIDATE_ERASED
        raise Refusal(known, "content_sha256")
    subject = Subject("resume", opened.resume_id, opened.candidate_id)
    by = event.payload.opened_by_user_id if opened.names_a_member else None
    told = {"opened_at": event.occurred_at.isoformat()}
    audit.write(tx, device, Act.RESUME_OPENED, subject, told, signed_in_user_id=by)
