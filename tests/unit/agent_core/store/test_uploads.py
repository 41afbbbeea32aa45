"""Uploads wait for their own time and are made once."""

from datetime import timedelta
from pathlib import Path

from agent_core.ports import Fate, Settlement
from agent_core.store import uploads
from protocol.reasons import Reason
from tests.support.agent import START, open_store, running_job, stored_person


def test_an_upload_is_made_once_and_waits_for_its_time(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        resume_id = stored_person(store, running_job(store))
        with store.records.write() as connection:
            uploads.insert(connection, resume_id, START)
            uploads.insert(connection, resume_id, START)
            row = uploads.due(connection, START)
            assert row is not None
            task = uploads.task(row)
            assert task is not None
            assert (task.resume_id, task.attempts) == (resume_id, 0)
            later = START + timedelta(minutes=1)
            settlement = Settlement(resume_id, Fate.LATER, at=later, reason=Reason.UPLOAD_MISSING)
            uploads.settle(connection, settlement)
            assert uploads.due(connection, START) is None
            looked = Settlement(resume_id, Fate.LATER, at=later, counts=False)
            uploads.settle(connection, looked)
            again = uploads.due(connection, later)
            assert again is not None
            assert again["attempts"] == 1
            uploads.settle(connection, Settlement(resume_id, Fate.PARKED, reason=Reason.UPLOAD_FILE_GONE))
            assert uploads.due(connection, later) is None
            uploads.settle(connection, Settlement(resume_id, Fate.DONE))
            assert connection.execute("select count(*) from uploads").fetchone()[0] == 0


def test_a_file_that_was_replaced_is_not_uploaded_any_more(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        job_id = running_job(store)
        old = stored_person(store, job_id, "0042", "first")
        other = stored_person(store, job_id, "0043", "first")
        with store.records.write() as connection:
            uploads.insert(connection, old, START)
            uploads.insert(connection, other, START)
        new = stored_person(store, job_id, "0042", "second")
        with store.records.write() as connection:
            uploads.insert(connection, old, START)  # the cloud's answer came late
            uploads.insert(connection, new, START)
            waiting = [
                row[0] for row in connection.execute("select resume_id from uploads order by position")
            ]
    assert waiting == [str(other), str(new)]
