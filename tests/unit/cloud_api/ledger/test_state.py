"""The state of a candidate as their events make it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_api.ledger.decide import Refusal, Undoable, check_note, check_review, check_status, check_undo
from cloud_api.ledger.state import (
    DECISIONS,
    PASSED,
    TO_REVIEW,
    VERIFIED,
    CandidateState,
    Contact,
    Happened,
    apply,
    contact_of,
    recompute,
)
from protocol.candidates import CandidateStatus
from protocol.events import EventType
from protocol.facts import Certificate, Document, FactsSource, ResumeFacts
from protocol.reasons import Reason

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
PEOPLE = [UUID(int=n) for n in (1, 2, 3)]
RESUMES = [UUID(int=n) for n in (101, 102, 103)]

Step = tuple[str, int, int]


def happened(n: int, kind: EventType, **more: Any) -> Happened:
    at = NOW + timedelta(seconds=n)
    base = Happened(event_id=UUID(int=1000 + n), event_type=kind, user_id=PEOPLE[0], at=at, recorded_at=at)
    return replace(base, **more)


def downloaded(n: int, resume: UUID = RESUMES[0], name: str = "", email: str = "") -> Happened:
    contact = Contact(name=name, email=email)
    return happened(n, EventType.RESUME_DOWNLOADED, resume_id=resume, contact=contact)


def verified(n: int, resume: UUID = RESUMES[0]) -> Happened:
    return happened(n, EventType.INITIAL_VERIFICATION, resume_id=resume)


def test_a_download_waits_for_review_and_decides_nothing() -> None:
    state = recompute([downloaded(1, name="Asta")])

    assert (state.status, state.version, state.review_state) == (None, 0, TO_REVIEW)
    assert state.contact.name == "Asta"
    assert state.latest_decision_id is None


def noted(n: int, **more: Any) -> Happened:
    return happened(n, EventType.NOTE_ADDED, note="called", **more)


def test_a_call_back_is_its_writers_until_somebody_says_it_is_done() -> None:
    monday = date(2026, 11, 16)
    asked = [downloaded(1), verified(2), noted(3, call_back_on=monday, user_id=PEOPLE[1])]
    state = recompute(asked)
    assert (state.call_back_on, state.call_back_user_id) == (monday, PEOPLE[1])
    state = recompute([*asked, noted(4)])
    assert state.call_back_on == monday
    state = recompute([*asked, noted(4), noted(5, call_back_done=True)])
    assert (state.call_back_on, state.call_back_user_id) == (None, None)


def test_a_final_status_ends_a_call_back_and_undoing_it_brings_it_back() -> None:
    monday = date(2026, 11, 16)
    story = [downloaded(1), verified(2), noted(3, call_back_on=monday)]
    contacted = happened(4, EventType.STATUS_CHANGE, status=CandidateStatus.CONTACTED)
    assert recompute([*story, contacted]).call_back_on == monday
    refused = happened(5, EventType.STATUS_CHANGE, status=CandidateStatus.NOT_INTERESTED)
    assert recompute([*story, contacted, refused]).call_back_on is None
    undo = happened(6, EventType.UNDO, undoes_event_id=refused.event_id)
    assert recompute([*story, contacted, refused, undo]).call_back_on == monday


def test_defect_1_verifying_again_keeps_the_status_that_is_there() -> None:
    events = [
        downloaded(1),
        verified(2),
        happened(3, EventType.STATUS_CHANGE, status=CandidateStatus.CONTACTED),
        downloaded(4, RESUMES[1]),
        verified(5, RESUMES[1]),
    ]

    state = recompute(events)

    assert state.status is CandidateStatus.CONTACTED
    assert state.verified_at == events[1].at
    assert state.reviews == {RESUMES[0]: VERIFIED, RESUMES[1]: VERIFIED}


def test_what_a_newer_resume_does_not_say_stays_known() -> None:
    state = recompute(
        [
            downloaded(1, name="Asta", email="asta@example.com"),
            downloaded(2, RESUMES[1], name="Asta Berg"),
        ]
    )

    assert (state.contact.name, state.contact.email) == ("Asta Berg", "asta@example.com")


def test_an_undone_step_is_as_if_it_had_never_been_but_counts() -> None:
    before = recompute([downloaded(1), verified(2)])
    note = happened(3, EventType.NOTE_ADDED, note="Call back")
    undo = happened(4, EventType.UNDO, undoes_event_id=note.event_id)

    after = recompute([downloaded(1), verified(2), note, undo])

    assert after == replace(
        before,
        version=before.version + 2,
        last_event_id=undo.event_id,
        touched_at=undo.recorded_at,
    )


def test_an_event_without_an_effect_of_its_own_is_not_applied() -> None:
    with pytest.raises(ValueError, match="not a candidate"):
        apply(CandidateState(), happened(1, EventType.JOB_LINE))
    with pytest.raises(ValueError, match="names no resume"):
        apply(CandidateState(), happened(1, EventType.INITIAL_VERIFICATION))


def test_the_dates_of_expiry_are_those_of_documents_and_certificates_in_order() -> None:
    facts = ResumeFacts(
        source=FactsSource.PAGE,
        documents=(
            Document(kind="Passport", expires_on=date(2030, 1, 1)),
            Document(kind="Visa"),
        ),
        certificates=(Certificate(name="STCW", expires_on=date(2027, 6, 1)),),
    )

    contact = contact_of(facts, "Master", "Tug")

    assert contact.expiry_dates == (date(2027, 6, 1), date(2030, 1, 1))
    assert (contact.rank_applied_for, contact.search_ship_type) == ("Master", "Tug")


def _step(state: CandidateState, history: list[Happened], n: int, step: Step) -> Happened | None:
    """Turn a drawn step into an event that the rules let through, or None."""
    kind, who, which = step
    base = happened(n, EventType.NOTE_ADDED, user_id=PEOPLE[who])
    try:
        if kind == "undo":
            return _undo(state, history, base)
        if kind in {"status", "note"}:
            return _change(state, base, list(CandidateStatus)[1 + which], kind)
        return _look(state, base, RESUMES[which], kind)
    except Refusal:
        return None


def _look(state: CandidateState, base: Happened, resume: UUID, kind: str) -> Happened | None:
    if kind == "download":
        known = resume in state.reviews
        return None if known else replace(base, event_type=EventType.RESUME_UPDATED, resume_id=resume)
    check_review(state, resume, verify=kind == "verify")
    chosen = EventType.INITIAL_VERIFICATION if kind == "verify" else EventType.REVIEW_PASSED
    return replace(base, event_type=chosen, resume_id=resume)


def _change(state: CandidateState, base: Happened, wanted: CandidateStatus, kind: str) -> Happened:
    if kind == "note":
        check_note(state, state.version)
        return replace(base, note=f"note {base.event_id}")
    check_status(state, wanted, state.version, "", may_override=False)
    return replace(base, event_type=EventType.STATUS_CHANGE, status=wanted)


def _undo(state: CandidateState, history: list[Happened], base: Happened) -> Happened:
    undone = {event.undoes_event_id for event in history}
    for event in history:
        if event.event_id == state.latest_decision_id:
            is_undone = event.event_id in undone
            target = Undoable(event.event_id, event.event_type, event.user_id, event.recorded_at, is_undone)
            check_undo(state, target, base.user_id, base.recorded_at)
            return replace(base, event_type=EventType.UNDO, undoes_event_id=event.event_id)
    raise Refusal(Reason.UNDO_NOT_POSSIBLE)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["download", "verify", "pass", "status", "note", "undo", "undo"]),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    max_size=40,
)


@given(STEPS)
def test_keeping_the_state_event_by_event_is_the_same_as_recomputing_it(steps: list[Step]) -> None:
    state, history = CandidateState(), list[Happened]()
    for n, step in enumerate(steps):
        event = _step(state, history, n, step)
        if event is None:
            continue
        history.append(event)
        before = state
        is_undo = event.event_type is EventType.UNDO
        state = recompute(history) if is_undo else apply(state, event)
        decided = event.event_type in DECISIONS or is_undo
        assert state.version == before.version + decided
        assert (state.status is None) == (state.verified_at is None)
        assert recompute(history) == state


@given(STEPS)
def test_an_undo_gives_back_what_was_before_the_step_it_names(steps: list[Step]) -> None:
    history = list[Happened]()
    for n, step in enumerate(steps):
        event = _step(recompute(history), history, n, step)
        if event is not None:
            history.append(event)
    before = recompute(history)
    step_taken = _step(before, history, len(steps), ("note", 0, 0))
    if step_taken is None:
        return
    undo = happened(len(steps) + 1, EventType.UNDO, undoes_event_id=step_taken.event_id)

    after = recompute([*history, step_taken, undo])

    assert (after.status, after.notes, after.verified_at, after.reviews, after.latest_decision_id) == (
        before.status,
        before.notes,
        before.verified_at,
        before.reviews,
        before.latest_decision_id,
    )


def test_passing_leaves_the_person_off_the_dashboard() -> None:
    state = recompute(
        [
            downloaded(1),
            happened(2, EventType.REVIEW_PASSED, resume_id=RESUMES[0]),
        ]
    )

    assert (state.status, state.review_state, state.version) == (None, PASSED, 1)
