"""What the records hold, counted."""

from pathlib import Path
from uuid import uuid4

from agent_core.clock import system_clock
from agent_core.store.database import AgentStore
from agent_core.store.schema import MIGRATIONS
from agent_core.store.tallies import tallies
from protocol.jobs import JobRequest
from protocol.reasons import Reason


def test_states_and_reasons_are_counted(tmp_path: Path) -> None:
    store = AgentStore(tmp_path / "agent.sqlite3", system_clock)
    for ship_type in ("Bulk Carrier", "Oil Tanker"):
        store.create_job(uuid4(), JobRequest(rank="Bosun", ship_type=ship_type))
    job_id = uuid4()
    store.create_job(job_id, JobRequest(rank="Cook", ship_type="Oil Tanker"))
    store.end_job(job_id, Reason.PORTAL_LABEL_UNKNOWN)
    with store.records.read() as connection:
        found = tallies(connection)
    store.close()
    assert (found["jobs/queued"], found[f"jobs/failed/{Reason.PORTAL_LABEL_UNKNOWN}"]) == (2, 1)
    assert found["events/waiting"] == 4
    assert found["resumes/stored"] == 0
    assert found["schema"] == len(MIGRATIONS)
