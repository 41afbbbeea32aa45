"""Whether what a run found adds up. Values in, sentences out."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent_core.local_api.schemas import ListingView
from agent_core.ports import ListingState
from protocol.jobs import JobCounts, JobSnapshot, JobStatus
from protocol.reasons import Reason

HERE = frozenset({Reason.SKIP_ALREADY_HERE, Reason.SKIP_UNCHANGED})
"""Reasons to skip a person whose resume this computer has. Being listed twice is none: the first
appearance may have failed."""


@dataclass(frozen=True)
class FoundFile:
    """A stored resume as it was found.

    Attributes:
        recorded_sha256: what the office's record says; empty when it has none.
        served: the bytes that the agent hands out; empty when it does not.
        on_disk: the bytes of the file in the folder; absent when it is not there.
    """

    candidate_external_id: str
    recorded_sha256: str
    served: bytes
    on_disk: bytes | None


def people_of(listings: Iterable[ListingView]) -> frozenset[str]:
    """Return the numbers of the people whose resumes this computer has after the run."""
    return frozenset(
        listing.candidate_external_id
        for listing in listings
        if listing.state is ListingState.STORED
        or (listing.state is ListingState.SKIPPED and listing.reason in HERE)
    )


def stored_of(listings: Iterable[ListingView]) -> frozenset[str]:
    """Return the numbers of the people whose resumes this run stored."""
    return frozenset(
        listing.candidate_external_id for listing in listings if listing.state is ListingState.STORED
    )


def why(listings: Iterable[ListingView]) -> list[str]:
    """Say how many people were skipped or failed, and why; the most frequent reason first."""
    reached = Counter(
        (listing.state, listing.reason)
        for listing in listings
        if listing.reason is not None and listing.state in (ListingState.SKIPPED, ListingState.FAILED)
    )
    return [
        f"{count} {state.value}: {reason.sentence} {reason.next_step} ({reason.value})"
        for (state, reason), count in reached.most_common()
        if reason is not None
    ]


def wrong_with_job(job: JobSnapshot, listings: Sequence[ListingView]) -> list[str]:
    """Say what is wrong with a finished job and its counts."""
    wrong = []
    if job.status is not JobStatus.SUCCESS:
        why = f": {job.reason.sentence} {job.reason.next_step}" if job.reason else ""
        wrong.append(f"The download ended as {job.status.value}{why}")
    counts = job.counts
    if counts.listed != counts.stored + counts.skipped + counts.failed:
        wrong.append(f"The counts do not add up: {_words(counts)}")
    counted = _count(listings)
    if counted != counts:
        wrong.append(f"The job says {_words(counts)}, its people say {_words(counted)}")
    return wrong


def wrong_with_files(files: Iterable[FoundFile]) -> list[str]:
    """Say which stored resumes are not what the records say."""
    wrong = []
    for file in files:
        number = file.candidate_external_id
        if not file.recorded_sha256:
            wrong.append(f"The office has no record of the resume of {number}.")
        elif file.on_disk is None:
            wrong.append(f"The resume of {number} is not in the folder.")
        elif hashlib.sha256(file.on_disk).hexdigest() != file.recorded_sha256:
            wrong.append(f"The file of {number} is not the one that was recorded.")
        elif file.served != file.on_disk:
            wrong.append(f"The agent hands out another file for {number} than the one in the folder.")
        elif not is_pdf(file.on_disk):
            wrong.append(f"The file of {number} is not a whole PDF.")
    return wrong


def wrong_with_office(
    people: frozenset[str], stored: frozenset[str], known: frozenset[str], dashboard: frozenset[str]
) -> list[str]:
    """Say who is missing at the office.

    Args:
        people: whose resumes this computer has.
        stored: those that this run stored.
        known: whose resumes the office has on record.
        dashboard: who is on the dashboard.
    """
    wrong = []
    if stored - known:
        wrong.append(f"Stored, but unknown to the office: {_list(stored - known)}")
    if people - dashboard:
        wrong.append(f"Not on the dashboard: {_list(people - dashboard)}")
    return wrong


def is_pdf(data: bytes) -> bool:
    """Tell whether these bytes are a PDF from its first to its last line."""
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def summary(
    counts: JobCounts, synced: int, dashboard_candidates: int, seconds: float
) -> Mapping[str, int | float]:
    """Return the last line's object."""
    return {
        "listed": counts.listed,
        "stored": counts.stored,
        "skipped": counts.skipped,
        "failed": counts.failed,
        "synced": synced,
        "dashboard_candidates": dashboard_candidates,
        "seconds": round(seconds, 1),
    }


def _count(listings: Sequence[ListingView]) -> JobCounts:
    def how_many(state: ListingState) -> int:
        return sum(1 for listing in listings if listing.state is state)

    return JobCounts(
        listed=len(listings),
        stored=how_many(ListingState.STORED),
        skipped=how_many(ListingState.SKIPPED),
        failed=how_many(ListingState.FAILED),
    )


def _words(counts: JobCounts) -> str:
    return f"{counts.listed} listed, {counts.stored} stored, {counts.skipped} skipped, {counts.failed} failed"


def _list(numbers: frozenset[str]) -> str:
    return ", ".join(sorted(numbers))
