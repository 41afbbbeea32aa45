"""The agent dies in the middle of a download: nothing is lost, nothing is doubled, no file is torn."""

from collections import Counter
from uuid import UUID

import pypdfium2

from agent_core.local_api.schemas import JobDetails, JobList
from demo.unattended import steps
from demo.unattended.api import LocalApi
from tests.support.processes import browsers_of
from tests.support.product import Agent, Product
from tests.support.recruiter import (
    RANK,
    SHIP_TYPE,
    log_in,
    numbers_under_review,
    quietly,
    sit_down,
    start_download,
)

KILLED_AFTER = 4


def test_the_agent_is_killed_in_the_middle_and_loses_nothing(product: Product) -> None:
    agent = product.computer("desk")
    with sit_down(agent) as api:
        log_in(api, agent)
        job = start_download(api)
        _wait_until_stored(api, job.job_id, KILLED_AFTER)
    agent.kill()

    before = _whole_resumes(agent)
    assert len(before) >= KILLED_AFTER
    agent.start()
    assert not browsers_of(agent.data), "the killed agent's browser is still there"

    with LocalApi(agent.launch_url) as api:
        log_in(api, agent)  # still signed in and paired: tokens come back from the keyring
        _finish(api, job.job_id)
        steps.wait_for_outbox(api, quietly)

        numbers = Counter(numbers_under_review(api))
        assert len(numbers) == 12
        assert set(numbers.values()) == {1}
        after = _whole_resumes(agent)
        assert len(after) == 12
        assert before.items() <= after.items(), "a resume that was there already was fetched again"


def _wait_until_stored(api: LocalApi, job_id: UUID, wanted: int) -> None:
    for message in api.follow(str(job_id)):
        if message.job is not None and message.job.counts.stored >= wanted:
            return


def _finish(api: LocalApi, job_id: UUID) -> None:
    """Let the interrupted job end, and fetch the rest if it could not go on by itself."""
    for _ in api.follow(str(job_id)):
        pass
    old = api.ask(JobDetails, "GET", f"/jobs/{job_id}").job
    counts = old.counts
    assert counts.listed == counts.stored + counts.skipped + counts.failed
    if counts.stored + counts.skipped < 12:
        steps.download(api, RANK, SHIP_TYPE, force=False, seen=lambda message: None)
    assert all(job.status.is_final for job in api.ask(JobList, "GET", "/jobs").jobs)


def _whole_resumes(agent: Agent) -> dict[str, bytes]:
    """Return the bytes of every resume, each of which opens as a PDF with at least one page."""
    resumes = {path.name: path.read_bytes() for path in agent.resumes.rglob("*.pdf")}
    for data in resumes.values():
        document = pypdfium2.PdfDocument(data)
        assert len(document) >= 1
        document.close()
    return resumes
