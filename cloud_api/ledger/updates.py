"""How an update of a computer ended, as the computer tells it."""

from cloud_api.auth.principal import Device
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger.candidate_rows import SQL
from protocol.events import UpdateEndedEvent


def note(tx: Transaction, device: Device, event: UpdateEndedEvent) -> None:
    """Keep how an update of this computer ended; no later than now, however its clock is set."""
    row = event.payload.model_dump(mode="json") | {
        "event_id": event.event_id,
        "organisation_id": device.organisation_id,
        "device_id": device.device_id,
        "ended_at": event.occurred_at,
    }
    tx.run(SQL["note_update"], row)
