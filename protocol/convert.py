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

FACTS_STEPS: Mapping[int, Step] = {1: lambda raw: {**raw, "evidence": ()}}
"""The same for a resume's facts, which are kept for years and have a version of their own.

Version 1 did not say where in the PDF a fact stands.
"""


def to_current(
    raw: Mapping[str, Any], steps: Mapping[int, Step] = STEPS, current: int = PROTOCOL_VERSION
) -> dict[str, Any]:
    """Return ``raw`` as the current version would have written it.

    Raises:
        ValueError: the version is not a positive whole number, or no step leads on from it.
    """
    return _lifted(raw, "protocol", raw.get("protocol", 1), steps, current)


def facts_to_current(
    raw: Mapping[str, Any], current: int, steps: Mapping[int, Step] = FACTS_STEPS
) -> dict[str, Any]:
    """Return a resume's facts as the version ``current`` would have written them; without one, they are that.

    Raises:
        ValueError: as `to_current`.
    """
    return _lifted(raw, "facts_version", raw.get("facts_version", current), steps, current)


def _lifted(
    raw: Mapping[str, Any], name: str, version: Any, steps: Mapping[int, Step], current: int
) -> dict[str, Any]:
    value = dict(raw)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError(f"{name} is not a positive whole number")
    while version < current:
        if version not in steps:
            raise ValueError(f"no step leads on from {name} {version}")
        value = steps[version](value)
        version += 1
        value[name] = version
    return value
