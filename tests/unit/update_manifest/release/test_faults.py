"""Lists are tried whole in tests/integration/releasing/test_refused.py; here what feeds say."""

from typing import Any

import pytest

from update_manifest.release import faults
from update_manifest.releases import Exposure

PATH = "exposure/stable/linux-x86_64.json"
LIST = {
    "releases": [{"version": "1.1.0", "build": 11}, {"version": "1.0.0", "build": 10}],
    "disabled": ["1.0.0"],
}


def feed(mirrors: tuple[str, ...] = (), **builds: Any) -> Exposure:
    stages = {
        build.lstrip("b"): {"percent": float(percent), "salt": salt}
        for build, (percent, salt) in builds.items()
    }
    return Exposure.model_validate({"schema": 1, "builds": stages, "mirrors": mirrors})


OLD = feed(b10=(100, "salt-of-10"), b11=(5, "salt-of-11"))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (feed(b12=(5, "salt-of-12")), "build 12 is not listed"),
        (feed(b11=(10, "another-one")), "the salt of build 11 changed"),
        (feed(b11=(10, "salt-of-10")), "has the salt of another"),
        (feed(b10=(100, "same-salt"), b11=(5, "same-salt")), "has the salt of another"),
        (feed(("http://mirror.example.com/",)), "no https address"),
        (feed(("https://mirror.example.com",)), "no https address"),
    ],
)
def test_a_feed_is_refused(new: Exposure, words: str) -> None:
    assert any(words in fault for fault in faults.of_feed(PATH, new, OLD, LIST))


def test_what_is_disabled_is_not_widened_but_may_stay() -> None:
    assert faults.of_feed(PATH, OLD, OLD, LIST) == ()
    narrow = feed(b10=(50, "salt-of-10"))
    assert any("is disabled" in one for one in faults.of_feed(PATH, OLD, narrow, LIST))


def test_a_feed_that_goes_on_is_fine() -> None:
    new = feed(("https://mirror.example.com/",), b10=(100, "salt-of-10"), b11=(25, "salt-of-11"))
    assert faults.of_feed(PATH, new, OLD, LIST) == ()
