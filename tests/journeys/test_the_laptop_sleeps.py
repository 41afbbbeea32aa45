"""The laptop sleeps in the middle and the portal ends the session meanwhile: one new code, and it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from agent_core.local_api.schemas import JobDetails, JobList
from agent_core.ports import ListingState
from cloud_api.jobs.schemas import JobView
from demo.portal.faults import Fault, FaultKind, Page
from demo.unattended import steps
from protocol.jobs import JobSnapshot, JobStatus
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

PEOPLE, SLEEPS_AFTER = 12, 3


def test_the_laptop_sleeps_and_one_new_code_is_all_it_takes(product: Product) -> None:
    agent = product.computer("desk")
    with sit_down(agent) as api:
        log_in(api, agent)
        # The portal is slow until the laptop sleeps, so that it falls asleep in the middle.
        product.portal.portal.faults.replace([Fault(kind=FaultKind.SLOW, page=Page.RESUME, seconds=10.0)])
        job = start_download(api)
        follow_until(api, job.job_id, lambda now: now.counts.stored >= SLEEPS_AFTER)
        with asleep(agent):
            product.portal.portal.faults.replace([Fault(kind=FaultKind.END_SESSION, times=1)])
        waits = follow_until(api, job.job_id, _waits)
        assert waits.reason is Reason.PORTAL_SESSION_ENDED
        assert 0 < waits.counts.stored < PEOPLE
        assert waits.counts.failed == 0, "nobody failed because the session ended"
        [place] = api.ask(JobList, "GET", "/jobs").queue
        assert (place.job_id, place.position, place.waits_for) == (job.job_id, 1, "login")
        steps.wait_for_outbox(api, quietly)
        office = api.ask(JobView, "GET", f"/api/jobs/{job.job_id}")
        assert (office.status, office.reason, office.counts) == (waits.status, waits.reason, waits.counts)
        stored = _stored(api.ask(JobDetails, "GET", f"/jobs/{job.job_id}"))
        lists = product.pages()["list"]

        log_in(api, agent)
        ended = follow_until(api, job.job_id, lambda now: now.status.is_final)
        assert (ended.status, ended.counts.stored, ended.counts.failed) == (JobStatus.SUCCESS, PEOPLE, 0)
        steps.wait_for_outbox(api, quietly)
        assert api.ask(JobView, "GET", f"/api/jobs/{job.job_id}").counts == ended.counts
        assert len(numbers_under_review(api)) == PEOPLE
        assert product.pages()["list"] == lists, "the lists were walked again"
        again = _stored(api.ask(JobDetails, "GET", f"/jobs/{job.job_id}"))
        assert stored.items() <= again.items(), "what was stored was stored again"


@contextmanager
def asleep(agent: Agent) -> Iterator[None]:
    """Freeze the agent and its browser, as a laptop does whose lid is closed."""
    frozen = [*agent.processes(), *map(psutil.Process, browsers_of(agent.data))]
    try:
        for process in frozen:
            with suppress(psutil.NoSuchProcess):  # the browser ends processes of its own
                process.suspend()
        yield
    finally:
        for process in frozen:
            with suppress(psutil.NoSuchProcess):
                process.resume()


def _waits(job: JobSnapshot) -> bool:
    return job.status is JobStatus.QUEUED and job.reason is not None


def _stored(details: JobDetails) -> dict[str, object]:
    """Return when each person's resume was stored."""
    rows = (row for row in details.listings if row.state is ListingState.STORED)
    return {row.candidate_external_id: row.at for row in rows}
