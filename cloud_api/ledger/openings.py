"""A resume that was opened on the computer that has its file: an entry of the audit log (spec, 7.3)."""

from cloud_api.auth.principal import Device
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger.candidate_rows import SQL
from cloud_api.ledger.decide import Refusal
from protocol.events import ResumeOpenedEvent
from protocol.reasons import Reason


def note(tx: Transaction, device: Device, event: ResumeOpenedEvent) -> None:
    """Write into the audit log that the person of this computer opened a resume, and when.

    Raises:
        Refusal: the office does not know the resume; the computer sends the event again later.
    """
    entry = event.payload.model_dump() | {
        "organisation_id": device.organisation_id,
        "user_id": device.user_id,
        "device_id": device.device_id,
        "opened_at": event.occurred_at.isoformat(),
    }
    if tx.run(SQL["note_opening"], entry) == 0:
        raise Refusal(Reason.INGEST_UNKNOWN_CANDIDATE, "content_sha256")
