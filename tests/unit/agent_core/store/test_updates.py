from pathlib import Path
from uuid import uuid4

from agent_core.ports import EndedUpdate
from agent_core.store.database import AgentStore
from protocol.events import UpdateEndedEvent
from protocol.reasons import Reason
from protocol.updates import UpdateEnded, UpdateResult
from tests.support.agent import open_store

AT = "2026-11-12T08:00:00Z"
BACK = EndedUpdate("a1", UpdateResult.ROLLED_BACK, "1.4.1", "1.4.2", AT, Reason.UPDATE_CHECK_FAILED)
WELL = EndedUpdate("b2", UpdateResult.COMMITTED, "1.4.1", "1.4.3", AT)


def told(store: AgentStore) -> list[UpdateEnded]:
    events = [entry.event for entry in store.outbox.claim_events(50)]
    assert all(isinstance(event, UpdateEndedEvent) for event in events)
    assert {event.occurred_at.isoformat() for event in events} <= {"2026-11-12T08:00:00+00:00"}
    return [event.payload for event in events if isinstance(event, UpdateEndedEvent)]


def test_each_ending_is_recorded_once_also_after_a_restart(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.belong_to(uuid4())
        for _ in range(2):
            store.updates.tell(BACK, "stable", "linux-x86_64")
    with open_store(tmp_path) as store:
        store.updates.tell(BACK, "stable", "linux-x86_64")
        store.updates.tell(WELL, "stable", "linux-x86_64")
        assert told(store) == [
            UpdateEnded(
                from_version="1.4.1",
                to_version="1.4.2",
                result=UpdateResult.ROLLED_BACK,
                reason="update.check-failed",
                channel="stable",
                platform="linux-x86_64",
            ),
            UpdateEnded(
                from_version="1.4.1",
                to_version="1.4.3",
                result=UpdateResult.COMMITTED,
                channel="stable",
                platform="linux-x86_64",
            ),
        ]


def test_a_computer_of_no_office_tells_nobody(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.updates.tell(BACK, "stable", "linux-x86_64")
        store.belong_to(uuid4())
        store.updates.tell(BACK, "stable", "linux-x86_64")
        assert told(store) == []
