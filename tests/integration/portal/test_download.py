"""A whole download: the demo's portal, a real browser, real files, the simulated records."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from agent_core.downloads.run import run_job
from agent_core.files.folder import LocalResumeFiles
from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import ListingState, PortalCredentials, SessionState, Stop, go_on
from demo.portal.faults import Fault, FaultKind, Page
from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.simulated import SimulatedStore

OFFICE = PortalCredentials(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
RANK, SHIP = "SR DPO Master", "DSV DP-II"


@pytest.fixture
def session(
    demo_portal: RunningPortal, demo_session: SeleniumPortalSession
) -> Iterator[SeleniumPortalSession]:
    if demo_session.check_health().state is not SessionState.CONNECTED:
        demo_session.start(OFFICE)
        demo_session.verify_otp(demo_portal.portal.phone()[0] or "")
    yield demo_session
    demo_portal.portal.faults.replace([])


def download(
    session: SeleniumPortalSession, store: SimulatedStore, folder: Path, *, forced: bool = False
) -> tuple[UUID, JobSnapshot]:
    job_id = store.submit(JobRequest(rank=RANK, ship_type=SHIP, force_redownload=forced))
    return job_id, go_on_with(job_id, session, store, folder)


def go_on_with(
    job_id: UUID, session: SeleniumPortalSession, store: SimulatedStore, folder: Path, stop: Stop = go_on
) -> JobSnapshot:
    """Run a job that waits."""
    clock = lambda: datetime.now(UTC)  # noqa: E731 - the port is a callable
    return run_job(job_id, session, LocalResumeFiles(), store, folder, clock, stop)


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) >= 1
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_everybody_lands_in_the_folder_once_and_is_not_fetched_again(
    demo_portal: RunningPortal, session: SeleniumPortalSession, tmp_path: Path
) -> None:
    store = SimulatedStore()
    job_id, job = download(session, store, tmp_path)
    people = {
        person.candidate_id: person.name
        for person in demo_portal.portal.everybody()
        if (person.rank_applied_for, person.ship_type) == (RANK, SHIP)
    }
    stored = {resume.candidate_external_id: resume for resume in store.stored}
    assert job.status is JobStatus.SUCCESS
    assert job.counts.stored == len(stored) > 3
    assert job.counts.listed == job.counts.stored + job.counts.skipped
    assert set(stored) <= set(people)
    host = f"127.0.0.1:{demo_portal.port}"
    for number, resume in stored.items():
        pdf = tmp_path / "SR_DPO_Master" / f"SR_DPO_Master_{number}.pdf"
        printed = " ".join(text_of(pdf).lower().split())
        assert people[number].lower() in printed
        assert resume.facts.name == people[number]
        assert resume.facts.sea_service
        assert resume.facts.documents
        for mark in (host, "download by"):
            assert mark not in printed
            assert mark.encode() not in pdf.read_bytes().lower()
    _, again = download(session, store, tmp_path)
    assert (again.counts.stored, again.counts.skipped) == (0, job.counts.listed)
    _, forced = download(session, store, tmp_path, forced=True)
    assert (forced.counts.stored, forced.counts.failed) == (0, 0)
    reasons = {row.reason for row in store.listings(forced.job_id)}
    assert reasons <= {Reason.SKIP_UNCHANGED, Reason.SKIP_LISTED_TWICE}
    assert {row.state for row in store.listings(job_id)} <= {ListingState.STORED, ListingState.SKIPPED}


def test_a_session_that_ends_in_the_middle_fails_nobody_and_goes_on_with_a_new_code(
    demo_portal: RunningPortal, session: SeleniumPortalSession, tmp_path: Path
) -> None:
    store = SimulatedStore()
    ends = Fault(kind=FaultKind.END_SESSION, page=Page.RESUME, after=4, times=1)
    demo_portal.portal.faults.replace([ends])
    job_id, job = download(session, store, tmp_path)
    assert (job.status, job.reason) == (JobStatus.QUEUED, Reason.PORTAL_SESSION_ENDED)
    assert session.snapshot().state is SessionState.ENDED
    assert job.counts.failed == 0
    stored = [resume.candidate_external_id for resume in store.stored]
    assert stored
    walked = list_pages(demo_portal)
    session.start(OFFICE)
    session.verify_otp(demo_portal.portal.phone()[0] or "")
    ended = go_on_with(job_id, session, store, tmp_path)
    assert (ended.status, ended.counts.failed) == (JobStatus.SUCCESS, 0)
    assert ended.counts.listed == ended.counts.stored + ended.counts.skipped
    everybody = [resume.candidate_external_id for resume in store.stored]
    assert everybody[: len(stored)] == stored
    assert len(everybody) == len(set(everybody)) == ended.counts.stored
    assert list_pages(demo_portal) == walked, "the lists were walked again"


def list_pages(portal: RunningPortal) -> object:
    counted = portal.portal.counters.snapshot()["pages"]
    assert isinstance(counted, dict)
    return counted["list"]


def test_a_pause_lets_what_is_open_be_finished(
    demo_portal: RunningPortal, session: SeleniumPortalSession, tmp_path: Path
) -> None:
    store = SimulatedStore()
    job_id = store.submit(JobRequest(rank=RANK, ship_type=SHIP))

    def stop() -> Reason | None:
        return Reason.JOB_PAUSED if len(store.stored) >= 3 else None

    paused = go_on_with(job_id, session, store, tmp_path, stop)
    assert (paused.status, paused.reason) == (JobStatus.QUEUED, Reason.JOB_PAUSED)
    assert 3 <= paused.counts.stored < paused.counts.listed
    assert paused.counts.failed == 0
    states = {row.state for row in store.listings(job_id)}
    assert states <= {ListingState.STORED, ListingState.SKIPPED, ListingState.WAITING}
    ended = go_on_with(job_id, session, store, tmp_path)
    assert (ended.status, ended.counts.failed) == (JobStatus.SUCCESS, 0)
    assert len({resume.candidate_external_id for resume in store.stored}) == len(store.stored)


def test_half_pages_leave_no_file(
    demo_portal: RunningPortal, session: SeleniumPortalSession, tmp_path: Path
) -> None:
    demo_portal.portal.faults.replace([Fault(kind=FaultKind.HALF, page=Page.RESUME, times=2)])
    store = SimulatedStore()
    job_id, job = download(session, store, tmp_path)
    failed = [row for row in store.listings(job_id) if row.state is ListingState.FAILED]
    assert [row.reason for row in failed] == [Reason.RESUME_INCOMPLETE] * 2
    there = {path.stem.rpartition("_")[2] for path in tmp_path.rglob("*") if path.is_file()}
    assert there.isdisjoint(row.candidate_external_id for row in failed)
    assert len(there) == job.counts.stored
