"""The ledger on a real Postgres: what each event does, what it refuses, and that nothing counts twice."""

from itertools import count
from uuid import uuid4

import psycopg
import pytest

from cloud_api.db.candidate_event_repo import CandidateEventRepository
from cloud_api.ledger.candidate_rows import read_events, read_state
from cloud_api.ledger.record import record
from cloud_api.ledger.state import recompute
from protocol.candidates import ALLOWED_TRANSITIONS, CandidateStatus
from protocol.events import Event
from protocol.ingest import VerdictKind
from protocol.reasons import Reason
from tests.integration.cloud.conftest import Office
from tests.support.office import World, downloaded, note, passed, status, undo, verified

S = CandidateStatus
_NUMBERS = count(1)


@pytest.fixture
def number() -> str:
    return f"00{next(_NUMBERS)}"


def on_dashboard(world: World, office: Office, number: str) -> None:
    assert world.record(office.device, downloaded(number)).verdict is VerdictKind.ACCEPTED
    assert world.record(office.recruiter, verified(number)).verdict is VerdictKind.ACCEPTED


def test_a_new_person_waits_for_review_and_is_not_on_the_dashboard(
    office_world: World, office: Office, number: str
) -> None:
    verdict = office_world.record(office.device, downloaded(number))

    state = office_world.state(office.recruiter.organisation_id, number)
    assert verdict.upload_wanted
    assert (state["status"], state["verified_at"], state["review_state"]) == (None, None, "to_review")
    assert office_world.events(office.recruiter.organisation_id, number) == ["resume_downloaded"]


def test_defect_1_verifying_a_known_candidate_again_never_resets_the_status(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    office_world.record(office.recruiter, status(number, S.CONTACTED, 1))
    office_world.record(office.device, downloaded(number, "newer"))

    assert office_world.record(office.colleague, verified(number, "newer")).verdict is VerdictKind.ACCEPTED

    state = office_world.state(office.recruiter.organisation_id, number)
    assert (state["status"], state["review_state"]) == ("Contacted", "verified")
    assert office_world.events(office.recruiter.organisation_id, number) == [
        "resume_downloaded",
        "initial_verification",
        "status_change",
        "resume_updated",
        "initial_verification",
    ]


def test_defect_1_the_database_itself_refuses_a_verification_that_resets(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    office_world.record(office.recruiter, status(number, S.CONTACTED, 1))
    with (
        pytest.raises(psycopg.DatabaseError, match="never resets"),
        office_world.as_claims(office.recruiter.claims) as tx,
    ):
        tx.run(
            b"insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
            b" previous_status, resume_id, resulting_version, created_by_user_id, created_at)"
            b" select gen_random_uuid(), organisation_id, candidate_id, 'initial_verification', 'New',"
            b" status, latest_resume_id, version + 1, touched_by_user_id, now() from app.candidate_state"
            b" where candidate_external_id = %(number)s",
            {"number": number},
        )


def test_defect_2_leading_zeros_of_ids_and_phones_survive(office_world: World, office: Office) -> None:
    office_world.record(office.device, downloaded("000777", mobile_no="0049 030 555 0199"))
    office_world.record(office.device, downloaded("777", mobile_no="777"))

    found = office_world.rows(
        "select candidate_external_id, mobile_no from app.candidates"
        " where candidate_external_id in ('000777', '777') order by 1"
    )
    assert found == [("000777", "0049 030 555 0199"), ("777", "777")]


def test_defect_3_a_transaction_that_fails_leaves_no_key_and_the_retry_is_accepted(
    office_world: World, office: Office, number: str
) -> None:
    event = downloaded(number)
    with office_world.as_claims(office.device.claims) as tx:  # rolled back at its end
        assert record(tx, office.device, event).verdict is VerdictKind.ACCEPTED

    assert office_world.record(office.device, event).verdict is VerdictKind.ACCEPTED
    assert office_world.events(office.recruiter.organisation_id, number) == ["resume_downloaded"]


def test_defect_5_two_offices_with_the_same_number_stay_apart(
    office_world: World, office: Office, number: str
) -> None:
    office_world.record(office.device, downloaded(number, name="Asta of North"))
    office_world.record(office.foreign_device, downloaded(number, name="Sten of South"))
    office_world.record(office.recruiter, verified(number))

    north = office_world.state(office.recruiter.organisation_id, number)
    south = office_world.state(office.stranger.organisation_id, number)
    assert (north["name"], north["status"]) == ("Asta of North", "New")
    assert (south["name"], south["status"]) == ("Sten of South", None)


def test_sent_again_counts_once_and_is_told_again_that_bytes_are_wanted(
    office_world: World, office: Office, number: str
) -> None:
    event = downloaded(number)
    office_world.record(office.device, event)

    again = office_world.record(office.device, event)

    assert (again.verdict, again.upload_wanted) == (VerdictKind.DUPLICATE, True)
    assert office_world.events(office.recruiter.organisation_id, number) == ["resume_downloaded"]


def test_another_event_under_a_used_id_is_refused(office_world: World, office: Office, number: str) -> None:
    event = downloaded(number)
    office_world.record(office.device, event)

    other = office_world.record(office.device, downloaded(number, "other", event_id=event.event_id))

    assert (other.verdict, other.reason) == (VerdictKind.REJECTED, Reason.INGEST_ID_REUSED)


def test_the_same_content_fetched_again_makes_no_event_and_no_badge(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)

    verdict = office_world.record(office.device, downloaded(number))

    assert (verdict.verdict, verdict.upload_wanted) == (VerdictKind.ACCEPTED, True)
    state = office_world.state(office.recruiter.organisation_id, number)
    assert state["review_state"] == "verified"
    assert office_world.events(office.recruiter.organisation_id, number) == [
        "resume_downloaded",
        "initial_verification",
    ]


def test_a_change_on_an_older_version_is_refused_and_changes_nothing(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    office_world.record(office.recruiter, note(number, "Call back on Monday", 1))

    late = office_world.record(office.colleague, status(number, S.CONTACTED, 1))
    late_note = office_world.record(office.colleague, note(number, "Me too", 1))

    assert late.reason is late_note.reason is Reason.CANDIDATE_CHANGED
    state = office_world.state(office.recruiter.organisation_id, number)
    assert (state["status"], state["notes"], state["version"]) == ("New", "Call back on Monday", 2)


def test_a_download_does_not_make_a_change_stale(office_world: World, office: Office, number: str) -> None:
    on_dashboard(office_world, office, number)
    office_world.record(office.device, downloaded(number, "newer"))

    verdict = office_world.record(office.recruiter, status(number, S.CONTACTED, 1))

    assert verdict.verdict is VerdictKind.ACCEPTED


@pytest.mark.parametrize("wanted", [S.INTERESTED, S.MAIL_SENT, S.NEW])
def test_a_recruiter_takes_only_the_allowed_steps(
    office_world: World, office: Office, number: str, wanted: S
) -> None:
    on_dashboard(office_world, office, number)

    verdict = office_world.record(office.recruiter, status(number, wanted, 1, "they asked"))

    assert verdict.reason is Reason.STATUS_NOT_ALLOWED


def test_an_admin_overrides_with_a_reason_and_never_without(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)

    without = office_world.record(office.admin, status(number, S.MAIL_SENT, 1, "  "))
    with_one = office_world.record(office.admin, status(number, S.MAIL_SENT, 1, "Signed on by phone"))

    assert without.reason is Reason.STATUS_OVERRIDE_NEEDS_REASON
    assert with_one.verdict is VerdictKind.ACCEPTED


def test_the_database_knows_the_same_steps_as_the_protocol(office_world: World) -> None:
    kept = set(office_world.rows("select from_status, to_status from app.status_transitions"))

    assert kept == {
        (before.value, after.value) for before, steps in ALLOWED_TRANSITIONS.items() for after in steps
    }


def test_the_database_refuses_a_step_that_the_code_would_let_through(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    with (
        pytest.raises(psycopg.DatabaseError, match=r"status.transition-not-allowed"),
        office_world.as_claims(office.manager.claims) as tx,
    ):
        tx.run(
            b"insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
            b" previous_status, resulting_version, created_by_user_id, created_at, override_reason)"
            b" select gen_random_uuid(), organisation_id, candidate_id, 'status_change', 'Interested',"
            b" status, version + 1, auth.uid(), now(), 'because' from app.candidate_state"
            b" where candidate_external_id = %(number)s",
            {"number": number},
        )


def test_the_database_refuses_a_state_without_its_event(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    for change in (b"status = 'Contacted'", b"notes = 'x'", b"version = 9"):
        with (
            pytest.raises(psycopg.DatabaseError, match="by an event only"),
            office_world.as_claims(office.admin.claims) as tx,
        ):
            tx.run(
                b"update app.candidate_state set " + change + b" where candidate_external_id = %(number)s",
                {"number": number},
            )


def test_undo_takes_the_newest_step_back_also_out_of_a_final_status(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    steps: list[Event] = [
        status(number, S.CONTACTED, 1),
        note(number, "Wants a raise", 2),
        status(number, S.NOT_INTERESTED, 3),
    ]
    for step in steps:
        office_world.record(office.recruiter, step)

    for step in reversed(steps):
        assert office_world.record(office.recruiter, undo(step)).verdict is VerdictKind.ACCEPTED

    state = office_world.state(office.recruiter.organisation_id, number)
    assert (state["status"], state["notes"], state["version"]) == ("New", "", 7)
    assert office_world.events(office.recruiter.organisation_id, number)[-3:] == ["undo"] * 3


def test_undoing_the_verification_puts_the_resume_back_under_review(
    office_world: World, office: Office, number: str
) -> None:
    office_world.record(office.device, downloaded(number))
    event = verified(number)
    office_world.record(office.recruiter, event)

    office_world.record(office.recruiter, undo(event))

    state = office_world.state(office.recruiter.organisation_id, number)
    assert (state["status"], state["verified_at"], state["review_state"]) == (None, None, "to_review")
    assert office_world.record(office.colleague, verified(number)).verdict is VerdictKind.ACCEPTED


def test_undo_is_refused_to_others_for_older_steps_for_downloads_and_twice(
    office_world: World, office: Office, number: str
) -> None:
    download, verify = downloaded(number), verified(number)
    office_world.record(office.device, download)
    office_world.record(office.recruiter, verify)
    contacted = status(number, S.CONTACTED, 1)
    office_world.record(office.recruiter, contacted)

    assert office_world.record(office.colleague, undo(contacted)).reason is Reason.UNDO_NOT_YOURS
    assert office_world.record(office.recruiter, undo(verify)).reason is Reason.UNDO_NOT_LATEST
    assert office_world.record(office.recruiter, undo(download)).reason is Reason.UNDO_NOT_POSSIBLE
    assert office_world.record(office.stranger, undo(contacted)).reason is Reason.UNDO_NOT_POSSIBLE
    assert office_world.record(office.recruiter, undo(contacted)).verdict is VerdictKind.ACCEPTED
    assert office_world.record(office.recruiter, undo(contacted)).reason is Reason.UNDO_NOT_POSSIBLE


def test_undo_is_too_late_after_ten_minutes(office_world: World, office: Office, number: str) -> None:
    on_dashboard(office_world, office, number)
    contacted = status(number, S.CONTACTED, 1)
    office_world.record(office.recruiter, contacted)
    office_world.run(
        "update app.candidate_events set recorded_at = recorded_at - interval '11 minutes' where id = %s",
        contacted.event_id,
    )
    office_world.run(
        "update app.candidate_state set touched_at = touched_at - interval '11 minutes'"
        " where last_event_id = %s",
        contacted.event_id,
    )

    assert office_world.record(office.recruiter, undo(contacted)).reason is Reason.UNDO_TOO_LATE


def test_review_refuses_what_does_not_wait_and_lets_a_passed_one_be_looked_at_again(
    office_world: World, office: Office, number: str
) -> None:
    office_world.record(office.device, downloaded(number))
    assert office_world.record(office.recruiter, passed(number)).verdict is VerdictKind.ACCEPTED
    assert office_world.record(office.colleague, passed(number)).reason is Reason.REVIEW_NOT_TO_REVIEW
    assert office_world.record(office.colleague, verified(number)).verdict is VerdictKind.ACCEPTED
    assert office_world.record(office.recruiter, verified(number)).reason is Reason.REVIEW_NOT_TO_REVIEW


def test_what_the_office_does_not_have_is_to_be_sent_again_later(
    office_world: World, office: Office, number: str
) -> None:
    assert office_world.record(office.recruiter, verified(number)).reason is Reason.INGEST_UNKNOWN_CANDIDATE
    office_world.record(office.device, downloaded(number))
    missing = office_world.record(office.recruiter, verified(number, "never seen"))
    assert missing.reason is Reason.INGEST_UNKNOWN_CANDIDATE
    assert office_world.record(office.recruiter, note(number, "x")).reason is Reason.CANDIDATE_NOT_VERIFIED


def test_a_device_delivers_and_decides_nothing(office_world: World, office: Office, number: str) -> None:
    office_world.record(office.device, downloaded(number))

    for event in (verified(number), passed(number), note(number, "x"), undo(verified(number))):
        assert office_world.record(office.device, event).reason is Reason.AUTH_FORBIDDEN
    assert office_world.record(office.recruiter, downloaded(number, "other")).reason is Reason.AUTH_FORBIDDEN


def test_text_that_postgres_cannot_hold_is_refused_by_itself(
    office_world: World, office: Office, number: str
) -> None:
    verdict = office_world.record(office.device, downloaded(number, name="A\x00sta"))

    assert (verdict.verdict, verdict.reason) == (VerdictKind.REJECTED, Reason.INGEST_UNREADABLE)


def test_the_kept_state_is_what_the_events_recompute_to(office_world: World, office: Office) -> None:
    candidates = office_world.rows(
        "select candidate_id from app.candidate_state where organisation_id = %s",
        office.recruiter.organisation_id,
    )
    assert len(candidates) > 10
    with office_world.database.authenticated(office.recruiter.claims) as tx:
        for (candidate_id,) in candidates:
            kept, again = read_state(tx, candidate_id), recompute(read_events(tx, candidate_id))
            assert kept.touched_at is not None
            assert again == kept, candidate_id


def test_the_specifications_repository_has_its_six_operations(
    office_world: World, office: Office, number: str
) -> None:
    on_dashboard(office_world, office, number)
    office_world.record(office.recruiter, note(number, "Two visas", 1))
    kept = office_world.state(office.recruiter.organisation_id, number)

    with office_world.database.authenticated(office.manager.claims) as tx:
        repository = CandidateEventRepository(tx)
        latest = {row.candidate_external_id: row for row in repository.get_latest_status_per_candidate()}
        history = repository.get_candidate_history(kept["candidate_id"])
        counts = {row.rank_applied_for: row for row in repository.get_rank_counts()}

    assert (latest[number].status, latest[number].notes) == (S.NEW, "Two visas")
    assert [event.event_type for event in history] == [
        "note_added",
        "initial_verification",
        "resume_downloaded",
    ]
    assert history[0].recorded_at is not None
    assert counts["Master"].active + counts["Master"].archived == len(latest)


def test_an_event_that_names_an_unknown_event_is_not_undone(office_world: World, office: Office) -> None:
    nothing = verified("1").model_copy(update={"event_id": uuid4()})

    assert office_world.record(office.recruiter, undo(nothing)).reason is Reason.UNDO_NOT_POSSIBLE
