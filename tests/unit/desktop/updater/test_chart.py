from itertools import product

import pytest

from agent_core.ports import EndedUpdate, RestartWhen, UpdateState, UpdateStatus
from desktop.updater.chart import FOLLOWS, ON_DISK, WAITING, NotNextError, move, state_after, without_offer
from protocol.reasons import Reason
from protocol.updates import UpdateResult

AT = "2026-11-12T08:00:00Z"


@pytest.mark.parametrize(("before", "after"), list(product(UpdateState, UpdateState)))
def test_only_what_the_chart_says_follows(before: UpdateState, after: UpdateState) -> None:
    status = UpdateStatus(before, "1.4.1", 141, "stable")
    if after in FOLLOWS[before]:
        assert move(status, after).state is after
    else:
        with pytest.raises(NotNextError):
            move(status, after)


def test_every_state_is_left_again_and_reached() -> None:
    assert set(FOLLOWS) == set(UpdateState)
    assert all(FOLLOWS.values())
    reached = frozenset().union(*FOLLOWS.values())
    # A program starts in these; nothing leads to them while it runs.
    assert set(UpdateState) - reached == {UpdateState.PROBATION, UpdateState.ROLLED_BACK}
    assert ON_DISK < WAITING


def test_a_failure_leads_back_to_looking() -> None:
    for state in (UpdateState.FAILED, UpdateState.ROLLED_BACK, UpdateState.COMMITTED, UpdateState.HELD):
        assert FOLLOWS[state] == {UpdateState.CHECKING}


def test_nothing_of_an_offer_stays_behind() -> None:
    status = UpdateStatus(
        UpdateState.PENDING,
        "1.4.1",
        141,
        "stable",
        offered="1.4.2",
        notes="Faster.",
        is_critical=True,
        done_bytes=1,
        total_bytes=2,
        restart=RestartWhen.TONIGHT,
        restart_at=AT,
        checked_at=AT,
    )
    held = without_offer(status, UpdateState.HELD, offered="1.4.2", reason=Reason.UPDATE_DISABLED)
    assert held == UpdateStatus(
        UpdateState.HELD,
        "1.4.1",
        141,
        "stable",
        offered="1.4.2",
        reason=Reason.UPDATE_DISABLED,
        checked_at=AT,
    )


@pytest.mark.parametrize(
    ("result", "version", "state"),
    [
        (UpdateResult.COMMITTED, "1.4.2", UpdateState.COMMITTED),
        (UpdateResult.COMMITTED, "1.5.0", UpdateState.IDLE),
        (UpdateResult.ROLLED_BACK, "1.4.1", UpdateState.ROLLED_BACK),
        (UpdateResult.FAILED, "1.4.1", UpdateState.FAILED),
    ],
)
def test_a_program_starts_where_the_last_update_ended(
    result: UpdateResult, version: str, state: UpdateState
) -> None:
    assert state_after(EndedUpdate("a1", result, "1.4.1", "1.4.2", AT), version) is state
    assert state_after(None, version) is UpdateState.IDLE
