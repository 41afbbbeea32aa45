"""Lift what an older peer wrote to the current protocol version, one step a version.

A step takes the raw object of version N and returns that of N + 1. An object of a newer version passes
unchanged: readers ignore what they do not know.
"""

from collections.abc import Callable, Mapping
from typing import Any

from protocol import PROTOCOL_VERSION

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = {}
"""From version -> the step to the next one. Empty while there is one version."""


def to_current(
    raw: Mapping[str, Any], steps: Mapping[int, Step] = STEPS, current: int = PROTOCOL_VERSION
) -> dict[str, Any]:
    """Return ``raw`` as the current version would have written it.

    Raises:
        ValueError: the version is not a positive whole number, or no step leads on from it.
    """
    value = dict(raw)
    version = value.get("protocol", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError("protocol is not a positive whole number")
    while version < current:
        if version not in steps:
            raise ValueError(f"no step leads on from protocol {version}")
        value = steps[version](value)
        version += 1
        value["protocol"] = version
    return value
