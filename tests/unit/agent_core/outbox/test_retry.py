"""When to try again is a table of values: no clock, no network."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.outbox.retry import (
    CHECK_DELAY,
    FIRST_DELAY,
    FIRST_LOOK,
    LONGEST_DELAY,
    MAX_ATTEMPTS,
    after_no_file,
    after_refusal,
    delay,
    halve,
    settle_batch,
    until_checked,
)
from agent_core.ports import Fate, OutboxEntry
from protocol.events import JobLine, JobLineEvent
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason, Retry
from tests.support.agent import START


def entry(position: int, attempts: int = 0) -> OutboxEntry:
    line = JobLine(job_id=uuid4(), line="A line")
    return OutboxEntry(position, JobLineEvent(event_id=uuid4(), occurred_at=START, payload=line), attempts)


def verdict(of: OutboxEntry, kind: VerdictKind, reason: Reason | None = None) -> Verdict:
    return Verdict(event_id=str(of.event.event_id), verdict=kind, reason=reason)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_and_stay_within_bounds(attempts: int, jitter: float) -> None:
    wait = delay(attempts, jitter)
    assert FIRST_DELAY / 2 <= wait <= LONGEST_DELAY
    assert wait <= delay(attempts + 1, 1.0)


def test_what_tells_of_an_erased_person_is_settled() -> None:
    """Parked it would wait for ever for somebody who can do nothing, and keep what the office erased."""
    assert after_refusal(1, 0, Reason.CANDIDATE_ERASED, "", now=START, jitter=0.0).fate is Fate.DONE


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.CANDIDATE_ERASED])
def test_every_other_reason_leads_to_waiting_or_parking(reason: Reason) -> None:
    settlement = after_refusal(1, 0, reason, "", now=START, jitter=1.0)
    assert settlement.fate is (Fate.LATER if reason.retry is Retry.LATER else Fate.PARKED)
    assert settlement.reason is reason
    assert (settlement.at is None) == (settlement.fate is Fate.PARKED)


def test_what_never_works_is_parked_in_the_end() -> None:
    fates = [
        after_refusal(1, made, Reason.INGEST_UNKNOWN_JOB, "", now=START, jitter=0.0).fate
        for made in range(MAX_ATTEMPTS)
    ]
    assert fates == [Fate.LATER] * (MAX_ATTEMPTS - 1) + [Fate.PARKED]


def test_each_entry_is_settled_by_its_own_verdict_whatever_the_order() -> None:
    accepted, duplicate, refused, silent = entries = [entry(number) for number in range(1, 5)]
    verdicts = [
        verdict(refused, VerdictKind.REJECTED, Reason.INGEST_UNREADABLE),
        verdict(duplicate, VerdictKind.DUPLICATE),
        verdict(accepted, VerdictKind.ACCEPTED),
        verdict(entry(9), VerdictKind.ACCEPTED),
    ]
    settled = settle_batch(entries, verdicts, START, 0.0)
    assert [(one.key, one.fate) for one in settled] == [
        (1, Fate.DONE),
        (2, Fate.DONE),
        (3, Fate.PARKED),
        (4, Fate.LATER),
    ]
    assert settled[3].reason is Reason.CLOUD_ANSWER
    assert silent.position == 4


def test_the_bytes_are_offered_when_they_are_wanted_or_when_it_is_not_known() -> None:
    one = entry(1)
    plain = settle_batch([one], [verdict(one, VerdictKind.ACCEPTED)], START, 0.0)
    wanted = verdict(one, VerdictKind.ACCEPTED).model_copy(update={"upload_wanted": True})
    assert not plain[0].upload_wanted
    assert settle_batch([one], [wanted], START, 0.0)[0].upload_wanted
    assert settle_batch([one], [verdict(one, VerdictKind.DUPLICATE)], START, 0.0)[0].upload_wanted


def test_a_refusal_without_a_reason_is_tried_again() -> None:
    one = entry(1)
    [settled] = settle_batch([one], [verdict(one, VerdictKind.REJECTED)], START, 0.0)
    assert (settled.fate, settled.reason) == (Fate.LATER, Reason.CLOUD_ANSWER)
    assert settled.at == START + FIRST_DELAY / 2


def test_a_drive_that_is_not_connected_is_waited_for_and_a_file_that_is_gone_is_not() -> None:
    for attempts in (0, 3, 500):
        waits = after_no_file(uuid4(), attempts, Reason.FOLDER_NOT_THERE, now=START, jitter=1.0)
        assert waits.fate is Fate.LATER
        assert waits.at is not None
        assert waits.at - START <= LONGEST_DELAY
    gone = after_no_file(uuid4(), 0, Reason.RESUME_NOT_HERE, now=START, jitter=1.0)
    assert (gone.fate, gone.reason) == (Fate.PARKED, Reason.UPLOAD_FILE_GONE)


def test_halving_ends_at_one() -> None:
    assert [halve(size) for size in (200, 3, 2, 1)] == [100, 1, 1, 1]


@given(st.integers(0, 40), st.floats(0, 1), st.booleans())
def test_an_upload_that_is_being_compared_is_asked_for_again_and_only_putting_counts(
    attempts: int, jitter: float, is_put: bool
) -> None:
    key = uuid4()
    made = until_checked(key, attempts, is_put=is_put, now=START, jitter=jitter)
    assert (made.key, made.fate, made.counts) == (key, Fate.LATER, is_put)
    assert made.reason is Reason.UPLOAD_BEING_CHECKED
    assert made.at is not None
    shortest = FIRST_LOOK / 2 if is_put else CHECK_DELAY / 2
    assert shortest <= made.at - START <= (LONGEST_DELAY if is_put else CHECK_DELAY)
