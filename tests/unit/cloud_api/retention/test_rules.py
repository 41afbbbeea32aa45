from cloud_api.retention.rules import Group, summary
from cloud_api.retention.schemas import Share


def test_a_summary_adds_up_and_leaves_out_whom_a_hold_keeps() -> None:
    groups = [
        Group("Cook", "New", False, 2),
        Group("Master", "New", False, 3),
        Group("Master", "unverified", False, 4),
        Group("Master", "New", True, 5),
    ]
    found = summary(groups, [])
    assert (found.people, found.held) == (9, 5)
    assert found.by_rank == [Share(name="Master", people=7), Share(name="Cook", people=2)]
    assert found.by_status == [Share(name="New", people=5), Share(name="unverified", people=4)]


def test_a_rule_about_nobody_is_nothing() -> None:
    found = summary([], [])
    assert (found.people, found.held, found.by_rank, found.by_status) == (0, 0, [], [])
