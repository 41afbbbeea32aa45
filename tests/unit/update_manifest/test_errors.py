"""Each reason of updates has its words."""

from protocol.reasons import Reason
from update_manifest.errors import UpdateError, UpdateReason


def test_the_two_sets_are_one() -> None:
    worded = {one.value for one in Reason if one.value.startswith("update.")}
    assert {one.value for one in UpdateReason} == worded
    assert {f"UPDATE_{one.name}" for one in UpdateReason} == {
        one.name for one in Reason if one.value.startswith("update.")
    }


def test_an_error_says_why() -> None:
    error = UpdateError(UpdateReason.FROZEN, {"role": "timestamp"})
    assert str(error) == "update.frozen"
    assert error.facts == {"role": "timestamp"}
    assert UpdateError(UpdateReason.FROZEN).facts == {}
