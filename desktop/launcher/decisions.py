"""What the launcher does, from the state, the versions that are there and what a start left. Pure.

`decide` names the next step. Each step changes the state once, durably, and the same step again changes
nothing more; so after a kill anywhere the launcher only asks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.install.outcome import Outcome, Result
from desktop.install.places import order_of
from desktop.install.probation import CHECKS, SECONDS
from desktop.install.restart import RESTART_CODE
from desktop.install.state import InstallState
from desktop.install.switch import TRIES
from desktop.install.versions import VersionThere
from update_manifest.errors import UpdateReason

STARTS: Final = 5
"""Starts without a verdict before a version is taken back: it may be ended on purpose, but not for ever."""
ASKED_TO_END: Final = frozenset({1, 2, 15})
"""Signals by which a person or the system ends a program: hang-up, interrupt, terminate."""

Whole = Mapping[str, VersionThere]
"""The versions that are there, by name."""


class Left(StrEnum):
    """What a start left behind that nobody was there to judge."""

    NOTHING = "nothing"
    REPORTED = "reported"
    ON_PURPOSE = "on_purpose"


@dataclass(frozen=True)
class Start:
    """Start this version, and that is all."""

    version: str


@dataclass(frozen=True)
class PutBack:
    """Put the person's files back as they were before this version's start."""

    version: str


@dataclass(frozen=True)
class Try:
    """Start this version on probation, and judge it.

    Attributes:
        back: the version that is gone back to if it fails.
    """

    version: str
    back: str


@dataclass(frozen=True)
class RollBack:
    """Take this version back for good."""

    version: str
    to: str
    reason: str


@dataclass(frozen=True)
class Commit:
    """Take this version for good: its report was there, and the launcher was not."""

    version: str


@dataclass(frozen=True)
class Judge:
    """Write down how a start ended that nobody was there to judge."""

    is_on_purpose: bool


@dataclass(frozen=True)
class Point:
    """The version that should start is not whole: have this one start from now on."""

    version: str


@dataclass(frozen=True)
class NothingThere:
    """There is no version that could be started."""


Step = Start | PutBack | Try | RollBack | Commit | Judge | Point | NothingThere


def decide(state: InstallState, whole: Whole, left: Left) -> Step:
    """Return the next step.

    Args:
        state: as it is on the disk.
        whole: the versions that could be started.
        left: of the start that nobody has judged, if there is one.
    """
    if state.pending is not None:
        return _about_pending(state, state.pending, whole, left)
    if state.current in whole:
        return Start(state.current)
    other = substitute(state, whole)
    return NothingThere() if other is None else Point(other)


def _about_pending(state: InstallState, pending: str, whole: Whole, left: Left) -> Step:
    if state.attempt:
        return Commit(pending) if left is Left.REPORTED else Judge(left is Left.ON_PURPOSE)
    if state.owed:
        return PutBack(pending)
    return _try_or_back(state, pending, whole)


def _try_or_back(state: InstallState, pending: str, whole: Whole) -> Step:
    back = state.good if state.good in whole else substitute(state, whole, without=pending)
    if back is None:
        return Start(pending) if pending in whole else NothingThere()  # there is nothing to go back to
    if pending not in whole:
        return RollBack(pending, back, UpdateReason.VERSION_DAMAGED.value)
    if state.tries >= TRIES or state.starts >= STARTS or pending in state.bad:
        return RollBack(pending, back, state.why or UpdateReason.DID_NOT_START.value)
    return Try(pending, back)


def substitute(state: InstallState, whole: Whole, without: str | None = None) -> str | None:
    """Return the best version to start when the right one is not there; nothing when there is none.

    What was good here goes before what never was, that before what failed; then the newest.
    """
    known = (state.good, state.current, state.previous)

    def worth(version: str) -> tuple[bool, bool, tuple[int, ...]]:
        return version not in state.bad, version in known, order_of(version)

    return max((version for version in whole if version != without), key=worth, default=None)


def before_try(state: InstallState, attempt: str) -> InstallState:
    """Return the state that must be on the disk before the pending version starts."""
    pending = state.pending or state.current
    return replace(
        state,
        current=pending,
        tries=state.tries + 1,
        starts=state.starts + 1,
        attempt=attempt,
        why=None,
        owed=False,
    )


def judged(state: InstallState, verdict: "Verdict", *, was_watched: bool) -> InstallState:
    """Return the state after a start that did not come up.

    Args:
        state: before it.
        verdict: how it ended.
        was_watched: whether the launcher was there from beginning to end. Only then is everything that the
            person's files differ in this version's doing, and put back at once.
    """
    if verdict.is_on_purpose:
        return replace(state, attempt="", tries=max(0, state.tries - 1))
    return replace(state, attempt="", why=verdict.reason, owed=was_watched and state.person is not None)


def committed(state: InstallState, build: int, outcome_id: str, at: str) -> InstallState:
    """Return the state with the pending version as the good one.

    Args:
        state: before.
        build: of that version.
        outcome_id: for what is told of it.
        at: RFC 3339 in UTC.
    """
    version = state.pending or state.current
    outcome = Outcome(outcome_id, Result.COMMITTED, state.good, version, None, at)
    return replace(
        replace(state, good=version, previous=state.good).without_pending(),
        max_build=max(state.max_build, build),
        outcome=outcome,
    )


def rolled_back(state: InstallState, step: RollBack, outcome_id: str, at: str) -> InstallState:
    """Return the state with the old version as the one that starts.

    Args:
        state: before.
        step: what is taken back, and to what.
        outcome_id: for what is told of it.
        at: RFC 3339 in UTC.
    """
    result = Result.ROLLED_BACK if state.starts else Result.FAILED
    outcome = Outcome(outcome_id, result, step.to, step.version, step.reason, at)
    bad = state.bad if step.version in state.bad else (*state.bad, step.version)
    return replace(replace(state, good=step.to).without_pending(), bad=bad, outcome=outcome)


def pointed(state: InstallState, version: str, outcome_id: str, at: str) -> InstallState:
    """Return the state with another version as the one that starts, for the right one is not whole.

    Args:
        state: before.
        version: which.
        outcome_id: for what is told of it.
        at: RFC 3339 in UTC.
    """
    reason = UpdateReason.VERSION_DAMAGED.value
    outcome = Outcome(outcome_id, Result.FAILED, version, state.current, reason, at)
    previous = None if version == state.previous else state.previous
    return replace(state, current=version, good=version, previous=previous, outcome=outcome)


@dataclass(frozen=True)
class Seen:
    """What the launcher sees of a start.

    Attributes:
        checks: of the report, if one with the right token and version is there.
        has_left: whether the program said that it ends on purpose.
        exit_code: nothing while it runs; negative: the signal that ended it.
        awake_seconds: for how long the computer was awake since the start.
        is_asked_to_end: whether the launcher itself was told to end, as at a shut-down.
    """

    checks: Mapping[str, object] | None = None
    has_left: bool = False
    exit_code: int | None = None
    awake_seconds: float = 0.0
    is_asked_to_end: bool = False


@dataclass(frozen=True)
class Verdict:
    """How a start went.

    Attributes:
        is_good: it came up.
        is_on_purpose: it ended on purpose before it could come up, which is nobody's fault.
        reason: an `UpdateReason`'s value where it failed.
    """

    is_good: bool = False
    is_on_purpose: bool = False
    reason: str | None = None


def judge(seen: Seen, seconds: float = SECONDS) -> Verdict | None:
    """Return how a start went; nothing while it is to be waited for.

    Args:
        seen: what there is to see now.
        seconds: of awake time, within which the report must be there.
    """
    code = seen.exit_code
    was_asked = seen.is_asked_to_end or (code is not None and -code in ASKED_TO_END)
    has_crashed = code is not None and code not in {0, RESTART_CODE} and not was_asked
    if seen.checks is not None and not has_passed(seen.checks):
        return Verdict(reason=UpdateReason.CHECK_FAILED.value)
    if has_crashed:
        return Verdict(reason=UpdateReason.DID_NOT_START.value)
    if seen.checks is not None:
        return Verdict(is_good=True)
    if code is None and not was_asked:
        is_late = seen.awake_seconds >= seconds
        return Verdict(reason=UpdateReason.NO_REPORT.value) if is_late else None
    if was_asked or seen.has_left:
        return Verdict(is_on_purpose=True)
    return Verdict(reason=UpdateReason.DID_NOT_START.value)


def has_passed(checks: Mapping[str, object]) -> bool:
    """Tell whether a report says that everything went well that has to."""
    return all(checks.get(name) is True for name in CHECKS)
