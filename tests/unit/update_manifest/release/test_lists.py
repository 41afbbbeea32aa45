from typing import Any

import pytest

from update_manifest.release import lists
from update_manifest.release.errors import NotDoneError
from update_manifest.releases import Exposure


def release(version: str, build: int, **more: Any) -> dict[str, Any]:
    return {"version": version, "build": build, **more}


def feed(**builds: float) -> Exposure:
    stages = {
        build.lstrip("b"): {"percent": percent, "salt": f"salt of {build}"}
        for build, percent in builds.items()
    }
    return Exposure.model_validate({"schema": 1, "builds": stages}, strict=False)


def named(content: dict[str, Any]) -> list[str]:
    return [one["version"] for one in content["releases"]]


LIST = {
    "schema": 1,
    "releases": [release("1.2.0", 12), release("1.1.0", 11), release("1.0.0", 10)],
    "disabled": [],
    "later_member": 7,
}


def test_a_release_is_put_where_its_version_belongs() -> None:
    made = lists.with_release(LIST, release("1.1.5", 115), feed(), 9)
    assert named(made) == ["1.2.0", "1.1.5", "1.1.0", "1.0.0"]
    assert made["later_member"] == 7, "what later versions know is kept"


def test_old_ones_leave_but_not_the_one_for_everybody() -> None:
    assert named(lists.with_release(LIST, release("1.3.0", 13), feed(), 2)) == ["1.3.0", "1.2.0"]
    assert named(lists.with_release(LIST, release("1.3.0", 13), feed(b10=100, b12=50), 2)) == [
        "1.3.0",
        "1.2.0",
        "1.0.0",
    ]


def test_going_back_takes_the_later_one_out_of_the_list() -> None:
    made = lists.with_release(LIST, release("1.1.1", 111, allow_downgrade_from=["1.2.0", "0.9.0"]), feed(), 9)
    assert named(made) == ["1.1.1", "1.1.0", "1.0.0"]
    assert made["disabled"] == ["1.2.0"]


@pytest.mark.parametrize("again", [release("1.2.0", 13), release("1.3.0", 12)])
def test_a_version_or_build_is_there_once(again: dict[str, Any]) -> None:
    with pytest.raises(NotDoneError, match="never changed"):
        lists.with_release(LIST, again, feed(), 9)


def test_who_is_out_for_everybody() -> None:
    assert lists.full(LIST, feed(b12=99.9, b11=100, b10=100)) == "1.1.0"
    assert lists.full({**LIST, "disabled": ["1.1.0"]}, feed(b11=100, b10=100)) == "1.0.0"
    assert lists.full(LIST, feed()) is None


def test_disabling_keeps_the_order_of_versions() -> None:
    made = lists.with_disabled({**LIST, "disabled": ["1.10.0"]}, ["1.9.0", "1.10.0"])
    assert made["disabled"] == ["1.9.0", "1.10.0"]
    assert lists.with_min_safe(LIST, "1.1.0")["min_safe"] == "1.1.0"
    assert lists.find(LIST, "1.1.0") == release("1.1.0", 11)
    assert lists.find(LIST, "7.0.0") is None
