"""A person's resumes: the newest, and the one with a content."""

from pathlib import Path
from uuid import uuid4

from agent_core.store import resumes
from tests.support.agent import START, new_resume, open_store


def test_the_newest_is_found_and_leading_zeros_count(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.records.write() as connection:
        for content in ("old", "new"):
            resume = new_resume("0042", content)
            payload = resumes.payload_of(uuid4(), resume)
            resumes.insert(connection, uuid4(), resume, payload, START)
        newest = resumes.newest_of(connection, "0042")
        assert newest is not None
        assert newest.content_sha256 == new_resume("0042", "new").content_sha256
        assert resumes.newest_of(connection, "42") is None
        assert resumes.with_content(connection, "0042", "0" * 64) is None


def test_the_office_is_told_the_name_of_the_file_without_its_folder() -> None:
    job_id = uuid4()
    payload = resumes.payload_of(job_id, new_resume())
    assert payload.filename == "2nd_Officer_0042.pdf"
    assert payload.job_id == job_id
    assert payload.rank_applied_for == "2nd Officer"
