"""What waits is shown without its contents."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agent_core.ports import Fate, Settlement
from protocol.reasons import Reason
from tests.support.agent import running_job, stored_person
from tests.support.agent_rig import refused, running_rig

LATER = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


def test_what_waits_is_shown_parked_ones_first_and_tried_again(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        stored_person(rig.store, running_job(rig.store))
        rig.store.outbox.settle_events(
            [
                Settlement(2, Fate.LATER, at=LATER, reason=Reason.SERVER_FAULT),
                Settlement(3, Fate.PARKED, reason=Reason.INGEST_UNREADABLE),
            ]
        )
        view = rig.read("/outbox")
        assert view["counts"] == {"waiting": 3, "parked": 1, "uploads_waiting": 0}
        parked = view["items"][0]
        assert (parked["type"], parked["reason"]) == ("resume_downloaded", Reason.INGEST_UNREADABLE)
        waiting = next(item for item in view["items"] if item["reason"] == Reason.SERVER_FAULT)
        assert datetime.fromisoformat(waiting["next_attempt_at"]) == LATER
        assert parked["next_attempt_at"] is None
        assert "Kari" not in str(view)
        after = rig.send(f"/outbox/{parked['event_id']}/retry")
        assert after["counts"]["parked"] == 0
        assert refused(rig.call("POST", f"/outbox/{uuid4()}/retry")) == (404, Reason.REQUEST_NOT_FOUND)
