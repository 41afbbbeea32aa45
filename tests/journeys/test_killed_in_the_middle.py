"""The agent dies at 37 of 48: started again it goes on at 38, nobody is fetched twice, no file is torn."""

from collections import Counter

import pypdfium2

from agent_core.local_api.schemas import JobDetails, JobList
from agent_core.ports import ListingState
from cloud_api.jobs.schemas import JobPage
from demo.unattended import steps
from demo.unattended.api import LocalApi
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.processes import browsers_of
from tests.support.product import Agent, Product
from tests.support.recruiter import (
    follow_until,
    log_in,
    numbers_under_review,
    quietly,
    sit_down,
    start_download,
)

RANK, SHIP_TYPE, PEOPLE = "2nd Officer", "Bulk Carrier", 48
KILLED_AFTER = 37
AT_ONCE = 8
"""More than a person's settings allow at once: so many may have been on the way when the agent died."""


def test_the_agent_is_killed_at_37_of_48_and_goes_on_at_38(product: Product) -> None:
    agent = product.computer("desk")
    with sit_down(agent) as api:
        log_in(api, agent)
        job = start_download(api, RANK, SHIP_TYPE)
        follow_until(api, job.job_id, lambda now: now.counts.stored >= KILLED_AFTER)
    agent.kill()

    before = _whole_resumes(agent)
    assert len(before) >= KILLED_AFTER
    pages_before = product.pages()
    agent.start()
    assert not browsers_of(agent.data), "the killed agent's browser is still there"

    with LocalApi(agent.launch_url) as api:
        waiting = api.ask(JobDetails, "GET", f"/jobs/{job.job_id}")
        assert (waiting.job.status, waiting.job.reason) == (JobStatus.QUEUED, Reason.JOB_INTERRUPTED)
        assert {row.state for row in waiting.listings} <= {
            ListingState.STORED,
            ListingState.SKIPPED,
            ListingState.WAITING,
        }
        recorded = {row.filename for row in waiting.listings if row.state is ListingState.STORED}
        assert recorded <= before.keys()
        assert len(before.keys() - recorded) <= 1, (
            "more than the one that the death caught between file and record"
        )
        log_in(api, agent)  # still signed in and paired: tokens come back from the keyring
        follow_until(api, job.job_id, lambda now: now.status.is_final)
        steps.wait_for_outbox(api, quietly)

        [ended] = api.ask(JobList, "GET", "/jobs").jobs
        counts = ended.counts
        assert (ended.status, counts.stored, counts.failed) == (JobStatus.SUCCESS, PEOPLE, 0)
        assert counts.listed == counts.stored + counts.skipped
        [seen_by_office] = api.ask(JobPage, "GET", "/api/jobs").jobs
        assert (seen_by_office.status, seen_by_office.counts) == (JobStatus.SUCCESS, counts)
        numbers = Counter(numbers_under_review(api))
        assert len(numbers) == PEOPLE
        assert set(numbers.values()) == {1}

    after = _whole_resumes(agent)
    assert len(after) == PEOPLE
    assert all(after[name] == before[name] for name in recorded), "a recorded resume was fetched again"
    pages = product.pages()
    assert pages["list"] == pages_before["list"], "lists that were walked to the end were walked again"
    assert pages["resume"] <= PEOPLE + AT_ONCE, "somebody was fetched twice"


def _whole_resumes(agent: Agent) -> dict[str, bytes]:
    """Return the bytes of every resume, each of which opens as a PDF with at least one page."""
    resumes = {path.name: path.read_bytes() for path in agent.resumes.rglob("*.pdf")}
    for data in resumes.values():
        document = pypdfium2.PdfDocument(data)
        assert len(document) >= 1
        document.close()
    return resumes
