"""The portal logs everybody out in the middle: the download waits, says why, and goes on with a new code."""

from agent_core.local_api.schemas import JobDetails, JobList
from agent_core.ports import ListingState
from cloud_api.jobs.schemas import JobView
from demo.portal.faults import Fault, FaultKind, Page
from demo.unattended import steps
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.product import Product
from tests.support.recruiter import (
    follow_until,
    log_in,
    numbers_under_review,
    quietly,
    sit_down,
    start_download,
)

PEOPLE = 12


def test_the_portal_ends_the_session_and_one_new_code_is_all_it_takes(product: Product) -> None:
    agent = product.computer("desk")
    ends = Fault(kind=FaultKind.END_SESSION, page=Page.RESUME, after=6, times=1)
    with sit_down(agent) as api:
        log_in(api, agent)
        product.portal.portal.faults.replace([ends])
        job = start_download(api)
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


def _waits(job: JobSnapshot) -> bool:
    return job.status is JobStatus.QUEUED and job.reason is not None


def _stored(details: JobDetails) -> dict[str, object]:
    """Return when each person's resume was stored."""
    rows = (row for row in details.listings if row.state is ListingState.STORED)
    return {row.candidate_external_id: row.at for row in rows}
