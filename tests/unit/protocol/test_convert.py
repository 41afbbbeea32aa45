from typing import Any

import pytest

from protocol.convert import to_current


def rename_note(raw: dict[str, Any]) -> dict[str, Any]:
    return {"note": raw["text"], "protocol": raw["protocol"]}


def test_the_current_version_passes_unchanged() -> None:
    assert to_current({"protocol": 1, "a": 2}) == {"protocol": 1, "a": 2}


def test_a_missing_version_is_the_first() -> None:
    assert to_current({"a": 2}) == {"a": 2}


def test_a_newer_version_passes_unchanged() -> None:
    assert to_current({"protocol": 9, "a": 2}) == {"protocol": 9, "a": 2}


def test_an_older_version_is_lifted_step_by_step() -> None:
    lifted = to_current({"protocol": 1, "text": "x"}, {1: rename_note, 2: lambda raw: raw}, current=3)
    assert lifted == {"protocol": 3, "note": "x"}


def test_a_gap_in_the_steps_is_named() -> None:
    with pytest.raises(ValueError, match="protocol 2"):
        to_current({"protocol": 1, "text": "x"}, {1: rename_note}, current=3)


@pytest.mark.parametrize("version", [0, -1, "1", 1.5, True, None])
def test_a_version_that_is_none_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="positive"):
        to_current({"protocol": version})
