"""From every state that can come about, whatever is killed when, something that can be started is started."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from desktop.install.outcome import Result
from desktop.install.probation import CHECKS
from desktop.install.restart import RESTART_CODE
from desktop.install.state import InstallState, PersonFiles
from desktop.install.switch import TRIES
from desktop.install.versions import VersionThere
from desktop.launcher import decisions
from desktop.launcher.decisions import (
    STARTS,
    Commit,
    Judge,
    Left,
    NothingThere,
    Point,
    PutBack,
    RollBack,
    Seen,
    Start,
    Step,
    Try,
    Verdict,
    Whole,
    decide,
    judge,
    substitute,
)
from update_manifest.errors import UpdateReason

OLD, NEW, OLDER = "1.0.0", "1.1.0", "0.9.0"
WHOLE = {version: VersionThere(version, 1, 7) for version in (OLDER, OLD, NEW)}
ID, AT, ATTEMPT = "an id", "2026-11-24T00:00:00Z", "a" * 32
GOOD = dict.fromkeys(CHECKS, True)
PENDING = InstallState(OLD, OLD, previous=OLDER, pending=NEW, person=PersonFiles("/d", "/s"))
PLAIN = PENDING.without_pending()

Behaviour = tuple[Verdict | None, Left]
"""How a start ends for who watches it (nothing: the launcher is killed meanwhile), and what it leaves."""

BROKEN: list[Behaviour] = [
    (Verdict(reason=UpdateReason.DID_NOT_START.value), Left.NOTHING),
    (Verdict(is_on_purpose=True), Left.ON_PURPOSE),
    (None, Left.NOTHING),
    (None, Left.ON_PURPOSE),
]
WORKS: list[Behaviour] = [(Verdict(is_good=True), Left.REPORTED), (None, Left.REPORTED)]


def after(state: InstallState, step: Step, behaviour: Behaviour) -> InstallState:
    """Return the state after a step, as `steps` writes it."""
    match step:
        case Try():
            return after_try(decisions.before_try(state, ATTEMPT), behaviour[0])
        case Judge():
            verdict = Verdict(is_on_purpose=step.is_on_purpose, reason=None if step.is_on_purpose else "x")
            following = decisions.judged(state, verdict, was_watched=False)
        case PutBack():
            following = replace(state, owed=False)
        case RollBack():
            following = decisions.rolled_back(state, step, ID, AT)
        case Commit():
            following = decisions.committed(state, 5, ID, AT)
        case Point():
            following = decisions.pointed(state, step.version, ID, AT)
        case _:
            raise AssertionError(step)
    return following


def after_try(state: InstallState, verdict: Verdict | None) -> InstallState:
    if verdict is None:
        return state
    if verdict.is_good:
        return decisions.committed(state, 5, ID, AT)
    return decisions.judged(state, verdict, was_watched=True)


def reachable(whole: Whole, behaviours: list[Behaviour]) -> Iterator[tuple[InstallState, Step]]:
    """Yield every state that the launcher can come into from a pending one, with the step that it takes."""
    known, asked = {PENDING}, [PENDING]
    while asked:
        state = asked.pop()
        for behaviour in behaviours:
            left = behaviour[1] if state.attempt else Left.NOTHING
            step = decide(state, whole, left)
            yield state, step
            if isinstance(step, Start | NothingThere):
                continue
            following = after(state, step, behaviour)
            if following not in known:
                known.add(following)
                asked.append(following)


def subsets() -> Iterator[Whole]:
    for chosen in product((False, True), repeat=len(WHOLE)):
        yield {version: there for keep, (version, there) in zip(chosen, WHOLE.items(), strict=True) if keep}


@pytest.mark.parametrize("whole", list(subsets()), ids=lambda whole: "+".join(whole) or "none")
def test_something_that_is_there_is_started_from_every_state(whole: Whole) -> None:
    looked = 0
    for state, step in reachable(whole, BROKEN + WORKS):
        looked += 1
        match step:
            case Start() | Point():
                assert step.version in whole
            case Try():
                assert step.version in whole
                assert step.back in whole
                assert step.back != step.version
                assert state.tries < TRIES
            case RollBack():
                assert step.to in whole
                assert step.to != step.version
            case NothingThere():
                assert not whole
    assert looked > (5 if whole else 0)


@pytest.mark.parametrize("behaviours", [BROKEN, BROKEN[:1], BROKEN[1:2], BROKEN[2:3]], ids=str)
def test_a_broken_version_always_ends_on_the_old_one(behaviours: list[Behaviour]) -> None:
    seen = list(reachable(WHOLE, behaviours))
    ends = {step for _, step in seen if isinstance(step, Start)}
    assert ends == {Start(OLD)}
    assert all(state.good == OLD and not isinstance(step, Commit) for state, step in seen)
    assert max(state.starts for state, _ in seen) <= STARTS
    ended = [state for state, step in seen if isinstance(step, Start)]
    assert all(state.bad == (NEW,) for state in ended)
    assert {state.outcome.result for state in ended if state.outcome} == {Result.ROLLED_BACK}


def test_a_version_that_works_is_the_good_one_and_the_old_one_is_kept() -> None:
    ended = [state for state, step in reachable(WHOLE, WORKS) if isinstance(step, Start)]
    assert ended
    assert {(state.current, state.good, state.previous, state.bad) for state in ended} == {
        (NEW, NEW, OLD, ())
    }
    assert {state.max_build for state in ended} == {5}


def test_what_a_watched_start_changed_is_put_back_before_anything_else() -> None:
    failed = decisions.judged(decisions.before_try(PENDING, ATTEMPT), Verdict(reason="x"), was_watched=True)
    assert decide(failed, WHOLE, Left.NOTHING) == PutBack(NEW)
    unwatched = decisions.judged(
        decisions.before_try(PENDING, ATTEMPT), Verdict(reason="x"), was_watched=False
    )
    assert decide(unwatched, WHOLE, Left.NOTHING) == Try(NEW, OLD)


def test_a_pending_version_that_is_not_whole_is_taken_back_untried() -> None:
    there = {OLD: WHOLE[OLD]}
    step = decide(PENDING, there, Left.NOTHING)
    assert step == RollBack(NEW, OLD, UpdateReason.VERSION_DAMAGED.value)
    assert isinstance(step, RollBack)
    outcome = decisions.rolled_back(PENDING, step, ID, AT).outcome
    assert outcome is not None
    assert outcome.result is Result.FAILED


def test_without_the_good_one_the_next_best_starts() -> None:
    assert decide(PLAIN, {OLDER: WHOLE[OLDER], NEW: WHOLE[NEW]}, Left.NOTHING) == Point(OLDER)
    assert substitute(replace(PLAIN, bad=(NEW,)), {NEW: WHOLE[NEW]}) == NEW
    assert substitute(PLAIN, {}) is None


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (Seen(), None),
        (Seen(awake_seconds=59.9), None),
        (Seen(awake_seconds=60), Verdict(reason="update.no-report")),
        (Seen(checks=GOOD), Verdict(is_good=True)),
        (Seen(checks=GOOD, exit_code=0), Verdict(is_good=True)),
        (Seen(checks=GOOD, exit_code=-11), Verdict(reason="update.did-not-start")),
        (Seen(checks={**GOOD, "records": False}), Verdict(reason="update.check-failed")),
        (Seen(checks={**GOOD, "records": "odd"}), Verdict(reason="update.check-failed")),
        (Seen(checks={"imports": True}), Verdict(reason="update.check-failed")),
        (Seen(exit_code=0), Verdict(reason="update.did-not-start")),
        (Seen(exit_code=3), Verdict(reason="update.did-not-start")),
        (Seen(exit_code=3, has_left=True), Verdict(reason="update.did-not-start")),
        (Seen(exit_code=0, has_left=True), Verdict(is_on_purpose=True)),
        (Seen(exit_code=RESTART_CODE, has_left=True), Verdict(is_on_purpose=True)),
        (Seen(has_left=True), None),
        (Seen(exit_code=-15), Verdict(is_on_purpose=True)),
        (Seen(exit_code=-9), Verdict(reason="update.did-not-start")),
        (Seen(is_asked_to_end=True), Verdict(is_on_purpose=True)),
        (Seen(is_asked_to_end=True, exit_code=1), Verdict(is_on_purpose=True)),
        (Seen(is_asked_to_end=True, awake_seconds=90), Verdict(is_on_purpose=True)),
    ],
    ids=str,
)
def test_how_a_start_went(seen: Seen, verdict: Verdict | None) -> None:
    assert judge(seen) == verdict
