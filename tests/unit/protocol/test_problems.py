from protocol.problems import problem
from protocol.reasons import Reason


def test_a_problem_says_what_happened_and_what_to_do() -> None:
    document = problem(Reason.STATUS_NOT_ALLOWED, 409, facts={"version": 3}).model_dump(mode="json")
    assert document == {
        "type": "/reasons/status.transition-not-allowed",
        "title": Reason.STATUS_NOT_ALLOWED.sentence,
        "status": 409,
        "reason": "status.transition-not-allowed",
        "next_step": Reason.STATUS_NOT_ALLOWED.next_step,
        "detail": "",
        "facts": {"version": 3},
    }


def test_two_problems_do_not_share_their_facts() -> None:
    assert problem(Reason.SERVER_FAULT, 500).facts is not problem(Reason.SERVER_FAULT, 500).facts
