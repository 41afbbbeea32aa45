"""Which release an installation goes to: by example, each combination against a retelling, by mutants."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.source_mutants import Mutant, mutants_of
from update_manifest import selection
from update_manifest.catalogue import Catalogue
from update_manifest.manifest import version_key
from update_manifest.releases import Delta, Exposure, Halt, Release, ReleaseList, Stage
from update_manifest.selection import Held, Installed, Offer

HERE = Installed("1.0.0", 10, "linux-x86_64", "stable", "njordhr", "a" * 64, 5, "an installation")
ALL, NOBODY = Stage(percent=100, salt="12345678"), Stage(percent=0, salt="12345678")


def _release(version: str, build: int, **members: Any) -> Release:
    return Release(
        **{
            "app_id": "njordhr",
            "version": version,
            "build": build,
            "platform": "linux-x86_64",
            "channel": "stable",
            "url": "artifacts/x.tar.zst",
            "sha256": "0" * 64,
            "length": 1,
            "files": (),
            "tree_sha256": "b" * 64,
            "schema_min": 1,
            "schema_max": 9,
            "released": "2026-11-24T00:00:00Z",
            **members,
        }
    )


def _catalogue(
    *releases: Release,
    stages: dict[str, Stage] | None = None,
    disabled: tuple[str, ...] = (),
    min_safe: str | None = None,
    halted: tuple[str, ...] = (),
    paused: tuple[str, ...] = (),
) -> Catalogue:
    return Catalogue(
        ReleaseList(schema=1, releases=releases, disabled=disabled, min_safe=min_safe),
        Exposure(schema=1, builds={str(one.build): ALL for one in releases} if stages is None else stages),
        Halt(schema=1, paused=paused, disabled=halted),
    )


def _choose(
    catalogue: Catalogue, here: Installed = HERE, *, by_hand: bool = False, bad: tuple[str, ...] = ()
) -> str:
    """Return the outcome as a word: the version, its marks, or the reason."""
    got = selection.choose(catalogue, here, by_hand=by_hand, bad=bad)
    if isinstance(got, Offer):
        marks = "!" * got.is_urgent + "<" * got.is_back + "d" * (got.delta is not None)
        return got.release.version + marks
    return f"{got.version} {got.reason.value}" if isinstance(got, Held) else "nothing"


NEW, NEXT, OLD = _release("1.2.0", 12), _release("1.1.0", 11), _release("0.9.0", 9)
BACK = _release("0.9.0", 9, allow_downgrade_from=("1.0.0",))
FIRST_STAGE = {"12": NOBODY, "11": ALL}
DELTA = Delta(from_tree="a" * 64, url="artifacts/y.delta", sha256="0" * 64, length=1)

CASES: dict[str, tuple[Callable[[], str], str]] = {
    "the newest": (lambda: _choose(_catalogue(NEW, NEXT)), "1.2.0"),
    "nothing newer": (lambda: _choose(_catalogue(OLD)), "nothing"),
    "the same": (lambda: _choose(_catalogue(_release("1.0.0", 10))), "nothing"),
    "an older build": (lambda: _choose(_catalogue(_release("1.2.0", 9))), "nothing"),
    "an older version": (lambda: _choose(_catalogue(_release("0.9.9", 99))), "nothing"),
    "ten is more than nine": (
        lambda: _choose(_catalogue(_release("1.10.0", 20)), replace(HERE, version="1.9.0")),
        "1.10.0",
    ),
    "another platform": (lambda: _choose(_catalogue(NEW), replace(HERE, platform="macos-arm64")), "nothing"),
    "another channel": (lambda: _choose(_catalogue(NEW), replace(HERE, channel="beta")), "nothing"),
    "another app": (lambda: _choose(_catalogue(NEW), replace(HERE, app_id="other")), "nothing"),
    "not in the stage": (lambda: _choose(_catalogue(NEW, NEXT, stages=FIRST_STAGE)), "1.1.0"),
    "in no stage": (lambda: _choose(_catalogue(NEW, stages={})), "1.2.0 update.not-your-turn"),
    "in no stage, by hand": (
        lambda: _choose(_catalogue(NEW, stages={}), by_hand=True),
        "1.2.0 update.not-your-turn",
    ),
    "outside, and nothing else": (
        lambda: _choose(_catalogue(NEW, stages={"12": NOBODY})),
        "1.2.0 update.not-your-turn",
    ),
    "by hand before the stage": (
        lambda: _choose(_catalogue(NEW, NEXT, stages=FIRST_STAGE), by_hand=True),
        "1.2.0",
    ),
    "critical before the stage": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, critical=True), stages={"12": NOBODY})),
        "1.2.0!",
    ),
    "unsafe before the stage": (
        lambda: _choose(_catalogue(NEW, stages={"12": NOBODY}, min_safe="1.1.0")),
        "1.2.0!",
    ),
    "safe enough": (lambda: _choose(_catalogue(NEW, min_safe="1.0.0")), "1.2.0"),
    "paused before by hand": (
        lambda: _choose(_catalogue(NEW, paused=("1.2.0",)), by_hand=True),
        "1.2.0 update.held-back",
    ),
    "paused before critical": (
        lambda: _choose(
            _catalogue(
                _release("1.2.0", 12, critical=True),
                stages={"12": Stage(percent=100, salt="12345678", pause=True)},
            )
        ),
        "1.2.0 update.held-back",
    ),
    "paused, the one before": (lambda: _choose(_catalogue(NEW, NEXT, paused=("1.2.0",))), "1.1.0"),
    "disabled": (lambda: _choose(_catalogue(NEW, disabled=("1.2.0",)), by_hand=True), "nothing"),
    "disabled by halt": (lambda: _choose(_catalogue(NEW, NEXT, halted=("1.2.0",))), "1.1.0"),
    "failed here": (lambda: _choose(_catalogue(NEW), bad=("1.2.0",)), "1.2.0 update.failed-here"),
    "failed here, the one before": (lambda: _choose(_catalogue(NEW, NEXT), bad=("1.2.0",)), "1.1.0"),
    "a step between": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, min_from="1.1.0"), NEXT)),
        "1.1.0",
    ),
    "a step that is missing": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, min_from="1.1.0"))),
        "1.2.0 update.step-missing",
    ),
    "a step that is taken": (lambda: _choose(_catalogue(_release("1.2.0", 12, min_from="1.0.0"))), "1.2.0"),
    "records too old": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, schema_min=6))),
        "1.2.0 update.records-differ",
    ),
    "records too new": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, schema_max=4))),
        "1.2.0 update.records-differ",
    ),
    "records at the edges": (
        lambda: _choose(_catalogue(_release("1.2.0", 12, schema_min=5, schema_max=5))),
        "1.2.0",
    ),
    "back when withdrawn": (lambda: _choose(_catalogue(BACK, disabled=("1.0.0",))), "0.9.0!<"),
    "back by halt": (lambda: _choose(_catalogue(BACK, halted=("1.0.0",))), "0.9.0!<"),
    "not back when not withdrawn": (lambda: _choose(_catalogue(BACK)), "nothing"),
    "not back where it is not allowed": (lambda: _choose(_catalogue(OLD, disabled=("1.0.0",))), "nothing"),
    "forward rather than back": (lambda: _choose(_catalogue(NEXT, BACK, disabled=("1.0.0",))), "1.1.0"),
    "back though outside the next": (
        lambda: _choose(_catalogue(NEXT, BACK, disabled=("1.0.0",), stages={"11": NOBODY})),
        "0.9.0!<",
    ),
    "not back to what is paused": (
        lambda: _choose(_catalogue(BACK, disabled=("1.0.0",), paused=("0.9.0",))),
        "nothing",
    ),
    "not back to what is later": (
        lambda: _choose(
            _catalogue(_release("1.1.0", 11, allow_downgrade_from=("1.0.0",)), disabled=("1.0.0",), stages={})
        ),
        "1.1.0 update.not-your-turn",
    ),
    "a delta from here": (lambda: _choose(_catalogue(_release("1.2.0", 12, deltas=(DELTA,)))), "1.2.0d"),
    "no delta from here": (
        lambda: _choose(
            _catalogue(_release("1.2.0", 12, deltas=(DELTA,))), replace(HERE, tree_sha256="c" * 64)
        ),
        "1.2.0",
    ),
    "staged and disabled": (
        lambda: str(selection.cancelled(_catalogue(NEW, halted=("1.2.0",)), "1.2.0")),
        "update.disabled",
    ),
    "staged and gone": (lambda: str(selection.cancelled(_catalogue(), "1.2.0")), "update.no-longer-offered"),
    "staged and paused": (
        lambda: str(selection.cancelled(_catalogue(NEW, paused=("1.2.0",)), "1.2.0")),
        "update.held-back",
    ),
    "staged and well": (lambda: str(selection.cancelled(_catalogue(NEW), "1.2.0")), "None"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_example(case: str) -> None:
    run, expected = CASES[case]
    assert run() == expected


def _retold(catalogue: Catalogue, by_hand: bool, bad: frozenset[str]) -> str | None:
    """Return the version to go to: the retelling, rule by rule, without the order of the program."""
    stopped = {*catalogue.releases.disabled, *catalogue.halt.disabled, *catalogue.halt.paused, *bad}
    allowed = []
    for release in catalogue.releases.releases:
        stage = catalogue.exposure.builds.get(str(release.build))
        if stage is None or stage.pause or release.version in stopped:
            continue
        turn = selection.bucket(stage.salt, HERE.install_id) < stage.percent * 100
        if turn or by_hand or release.critical:
            allowed.append(release)
    later = [one for one in allowed if one.build > HERE.build]
    return max(later, key=lambda one: one.build).version if later else None


def _every() -> Iterator[tuple[Catalogue, bool, frozenset[str]]]:
    """Return each combination of what can be said of two releases."""
    stages = (None, NOBODY, ALL, Stage(percent=100, salt="12345678", pause=True))
    names: tuple[tuple[str, ...], ...] = ((), ("1.2.0",), ("1.1.0",), ("1.2.0", "1.1.0"))
    for critical, by_hand in itertools.product((False, True), repeat=2):
        releases = (_release("1.2.0", 12, critical=critical), NEXT)
        for first, second in itertools.product(stages, repeat=2):
            built = {key: one for key, one in (("12", first), ("11", second)) if one is not None}
            for disabled, halted, paused, bad in itertools.product(names, repeat=4):
                catalogue = _catalogue(
                    *releases, stages=built, disabled=disabled, halted=halted, paused=paused
                )
                yield catalogue, by_hand, frozenset(bad)


def test_every_combination_is_as_retold() -> None:
    seen = 0
    for catalogue, by_hand, bad in _every():
        got = selection.choose(catalogue, HERE, by_hand=by_hand, bad=bad)
        assert (got.release.version if isinstance(got, Offer) else None) == _retold(catalogue, by_hand, bad)
        seen += 1
    assert seen == 4 * 16 * 256


VERSIONS = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 12)).map(
    lambda one: ".".join(map(str, one))
)


@st.composite
def _catalogues(draw: st.DrawFn) -> Catalogue:
    versions = draw(st.lists(VERSIONS, max_size=5, unique=True))
    order = sorted(versions, key=version_key)
    releases = tuple(
        _release(
            version,
            number + 1,
            critical=draw(st.booleans()),
            min_from=draw(st.none() | VERSIONS),
            schema_min=draw(st.integers(0, 6)),
            schema_max=draw(st.integers(3, 9)),
            allow_downgrade_from=tuple(draw(st.lists(VERSIONS, max_size=2))),
        )
        for number, version in enumerate(order)
    )
    some = st.lists(st.sampled_from(versions or ["0.0.0"]), max_size=3).map(tuple)
    stages = {
        str(one.build): Stage(percent=draw(st.floats(0, 100)), salt="12345678", pause=draw(st.booleans()))
        for one in releases
        if draw(st.booleans())
    }
    return _catalogue(
        *reversed(releases),
        stages=stages,
        disabled=draw(some),
        halted=draw(some),
        paused=draw(some),
        min_safe=draw(st.none() | VERSIONS),
    )


@settings(deadline=None)  # a busy machine is no fault
@given(_catalogues(), VERSIONS, st.integers(0, 5), st.booleans(), st.lists(VERSIONS, max_size=2))
def test_what_is_offered_may_always_be_had(
    catalogue: Catalogue, version: str, build: int, by_hand: bool, bad: list[str]
) -> None:
    here = replace(HERE, version=version, build=build)
    got = selection.choose(catalogue, here, by_hand=by_hand, bad=bad)
    if not isinstance(got, Offer):
        return
    release = got.release
    assert release in catalogue.releases.releases
    assert release.version not in {*catalogue.disabled(), *catalogue.halt.paused, *bad}
    assert release.schema_min <= here.schema <= release.schema_max
    assert selection.cancelled(catalogue, release.version) is None
    if got.is_back:
        assert version in release.allow_downgrade_from
        assert version in catalogue.disabled()
    else:
        assert version_key(release.version) > version_key(version)
        assert str(release.build) in catalogue.exposure.builds


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=20), st.floats(0, 100), st.floats(0, 100))
def test_a_wider_stage_never_loses_anybody(install_id: str, one: float, other: float) -> None:
    here = replace(HERE, install_id=install_id)
    narrow, wide = sorted((one, other))
    offered = [
        isinstance(
            selection.choose(
                _catalogue(NEW, stages={"12": Stage(percent=percent, salt="12345678")}),
                here,
                by_hand=False,
                bad=(),
            ),
            Offer,
        )
        for percent in (narrow, wide)
    ]
    assert offered in ([False, False], [False, True], [True, True])


def test_a_percentage_is_about_that_many_and_others_with_another_salt() -> None:
    def first(salt: str) -> set[int]:
        return {one for one in range(4000) if selection.bucket(salt, str(one)) < 2500}

    assert 900 < len(first("a salt of one")) < 1100
    assert len(first("a salt of one") & first("a salt of two")) < 350
    assert selection.bucket("12345678", "an installation") == 0x65C99C5C % 10_000


MUTANTS = mutants_of("update_manifest.selection", decisions=True)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_decision_that_is_gone_is_missed(mutant: Mutant) -> None:
    with mutant.active():
        assert any(_outcome(run) != expected for run, expected in CASES.values())


def _outcome(run: Callable[[], str]) -> str:
    try:
        return run()
    except Exception as error:  # noqa: BLE001 - a mutant may fall over anywhere
        return repr(error)
