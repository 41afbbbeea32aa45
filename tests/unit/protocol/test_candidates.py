import pytest

from protocol.candidates import ALLOWED_TRANSITIONS, ARCHIVE_STATUSES, CandidateStatus, may_move

NEW, CONTACTED, INTERESTED = CandidateStatus.NEW, CandidateStatus.CONTACTED, CandidateStatus.INTERESTED
MAIL_SENT, NOT_INTERESTED = CandidateStatus.MAIL_SENT, CandidateStatus.NOT_INTERESTED


def test_the_last_two_statuses_make_up_the_archive() -> None:
    assert {MAIL_SENT, NOT_INTERESTED} == ARCHIVE_STATUSES


def test_every_status_has_a_row() -> None:
    assert set(ALLOWED_TRANSITIONS) == set(CandidateStatus)


@pytest.mark.parametrize(
    ("before", "after"),
    [(NEW, CONTACTED), (CONTACTED, INTERESTED), (CONTACTED, NOT_INTERESTED), (INTERESTED, MAIL_SENT)],
)
def test_these_steps_are_allowed(before: CandidateStatus, after: CandidateStatus) -> None:
    assert may_move(before, after)


def test_no_other_step_is_allowed() -> None:
    steps = {(b, a) for b in CandidateStatus for a in CandidateStatus if may_move(b, a)}
    assert steps == {
        (NEW, CONTACTED),
        (CONTACTED, INTERESTED),
        (CONTACTED, NOT_INTERESTED),
        (INTERESTED, MAIL_SENT),
    }
