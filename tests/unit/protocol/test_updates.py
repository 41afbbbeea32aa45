from typing import Any

import pytest
from pydantic import ValidationError

from protocol.updates import UpdateEnded, UpdateResult

ENDED: dict[str, Any] = {
    "from_version": "1.4.1",
    "to_version": "1.4.2",
    "result": "rolled_back",
    "reason": "update.health-check-failed",
    "channel": "stable",
    "platform": "linux-x86_64",
}


def test_a_reason_that_only_a_newer_computer_knows_is_read() -> None:
    newer = ENDED | {"reason": "update.moon-was-full", "mood": "fine"}
    assert UpdateEnded.model_validate(newer).reason == "update.moon-was-full"
    assert UpdateEnded.model_validate(ENDED | {"reason": None}).result is UpdateResult.ROLLED_BACK


@pytest.mark.parametrize(
    "changes",
    [
        {"from_version": "1.4"},
        {"to_version": "1.4.2-beta"},
        {"to_version": "\u0661.4.2"},
        {"result": "eaten"},
        {"reason": "Anna Berg of the office"},
        {"channel": "../stable"},
        {"platform": ""},
        {"platform": "x" * 41},
    ],
)
def test_what_is_no_code_of_the_product_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        UpdateEnded.model_validate(ENDED | changes)
