"""What is told of an update is read back, and nothing else is believed."""

import pytest

from desktop.install.outcome import Outcome, Result, outcome_of

OUTCOME = Outcome("an id", Result.ROLLED_BACK, "1.0.0", "1.1.0", "update.no-report", "2026-11-24T00:00:00Z")


def test_it_is_read_back() -> None:
    assert outcome_of(OUTCOME.as_json()) == OUTCOME


@pytest.mark.parametrize("change", [{"id": 1}, {"result": "odd"}, {"reason": 3}, {"at": None}], ids=str)
def test_what_is_none_is_passed_over(change: dict[str, object]) -> None:
    assert outcome_of({**OUTCOME.as_json(), **change}) is None
    assert outcome_of("text") is None
