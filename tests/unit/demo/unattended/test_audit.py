"""Whether what a run found adds up."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from agent_core.local_api.schemas import ListingView
from agent_core.ports import ListingState
from demo.unattended import audit
from demo.unattended.audit import FoundFile
from protocol.jobs import JobCounts, JobSnapshot, JobStatus
from protocol.reasons import Reason

PDF = b"%PDF-1.7\nresume\n%%EOF\n"
DIGEST = hashlib.sha256(PDF).hexdigest()


def _listing(number: str, state: ListingState, reason: Reason | None = None) -> ListingView:
    return ListingView(seq=1, change=1, candidate_external_id=number, state=state, reason=reason)


LISTINGS = (
    _listing("01", ListingState.STORED),
    _listing("02", ListingState.SKIPPED, Reason.SKIP_ALREADY_HERE),
    _listing("01", ListingState.SKIPPED, Reason.SKIP_LISTED_TWICE),
    _listing("03", ListingState.FAILED, Reason.RESUME_INCOMPLETE),
)


def _job(
    counts: JobCounts, status: JobStatus = JobStatus.SUCCESS, reason: Reason | None = None
) -> JobSnapshot:
    return JobSnapshot(
        job_id=uuid4(),
        rank="Master",
        ship_type="Tug",
        status=status,
        counts=counts,
        reason=reason,
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


def test_a_run_that_adds_up_has_nothing_wrong() -> None:
    assert audit.wrong_with_job(_job(JobCounts(listed=4, stored=1, skipped=2, failed=1)), LISTINGS) == []


def test_who_is_here_counts_once_and_failures_do_not() -> None:
    assert audit.people_of(LISTINGS) == {"01", "02"}
    assert audit.stored_of(LISTINGS) == {"01"}


def test_somebody_listed_twice_whose_fetch_failed_is_nowhere() -> None:
    listings = (
        _listing("04", ListingState.FAILED, Reason.RESUME_INCOMPLETE),
        _listing("04", ListingState.SKIPPED, Reason.SKIP_LISTED_TWICE),
    )
    assert audit.people_of(listings) == frozenset()


def test_a_lost_listing_is_noticed_in_the_sum_and_in_the_people() -> None:
    wrong = audit.wrong_with_job(_job(JobCounts(listed=5, stored=1, skipped=2, failed=1)), LISTINGS)
    assert len(wrong) == 2
    assert "do not add up" in wrong[0]


def test_a_failed_download_is_said_with_its_reason_and_next_step() -> None:
    job = _job(
        JobCounts(listed=4, stored=1, skipped=2, failed=1), JobStatus.FAILED, Reason.PORTAL_SESSION_ENDED
    )
    (wrong,) = audit.wrong_with_job(job, LISTINGS)
    assert Reason.PORTAL_SESSION_ENDED.sentence in wrong
    assert Reason.PORTAL_SESSION_ENDED.next_step in wrong


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (FoundFile("01", "", PDF, PDF), "no record"),
        (FoundFile("01", DIGEST, PDF, None), "not in the folder"),
        (FoundFile("01", DIGEST, PDF, PDF + b"x"), "not the one that was recorded"),
        (FoundFile("01", DIGEST, PDF + b"x", PDF), "another file"),
        (FoundFile("01", hashlib.sha256(b"<html>").hexdigest(), b"<html>", b"<html>"), "not a whole PDF"),
    ],
)
def test_a_wrong_file_is_named(file: FoundFile, words: str) -> None:
    (wrong,) = audit.wrong_with_files([FoundFile("02", DIGEST, PDF, PDF), file])
    assert words in wrong
    assert "01" in wrong


def test_half_a_pdf_is_none() -> None:
    assert audit.is_pdf(PDF)
    assert not audit.is_pdf(PDF[:-8])


def test_who_is_missing_at_the_office_is_named() -> None:
    people, stored = frozenset({"01", "02"}), frozenset({"01"})
    assert audit.wrong_with_office(people, stored, people, people | {"09"}) == []
    unknown, unseen = audit.wrong_with_office(people, stored, frozenset(), frozenset({"01"}))
    assert "unknown to the office: 01" in unknown
    assert "Not on the dashboard: 02" in unseen


def test_the_summary_has_the_promised_keys() -> None:
    keys = ["listed", "stored", "skipped", "failed", "synced", "dashboard_candidates", "seconds"]
    assert list(audit.summary(JobCounts(), 1, 2, 3.14159)) == keys
    assert audit.summary(JobCounts(), 1, 2, 3.14159)["seconds"] == 3.1


def test_why_somebody_was_not_stored_is_said_with_the_most_frequent_reason_first() -> None:
    failed = Reason.RESUME_INCOMPLETE
    listings = (*LISTINGS, _listing("04", ListingState.FAILED, failed))
    first, *others = audit.why(listings)
    assert first == f"2 failed: {failed.sentence} {failed.next_step} ({failed.value})"
    assert len(others) == 2
    assert all(line.startswith("1 skipped: ") for line in others)
