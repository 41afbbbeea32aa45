"""A lost state is made anew of the journal and of what is there."""

from typing import Any

from desktop.install.state import InstallState, PersonFiles
from desktop.install.switch import TRIES
from desktop.install.versions import VersionThere
from desktop.launcher.recovery import recover

A, B, C = "1.0.0", "1.1.0", "1.2.0"
WHOLE = {version: VersionThere(version, number, 7) for number, version in enumerate((A, B, C), start=1)}


def lines(*told: tuple[str, str], **facts: str) -> list[dict[str, Any]]:
    return [{"happened": happened, "version": version, **facts} for happened, version in told]


def test_no_version_no_state() -> None:
    assert recover(lines(("installed", A)), {}) is None


def test_the_last_good_one_starts() -> None:
    told = lines(("installed", A), ("pending", B), ("tried", B), ("committed", B))
    assert recover(told, WHOLE) == InstallState(B, B, previous=A, max_build=2)


def test_one_that_failed_stays_bad() -> None:
    told = lines(("installed", A), ("pending", B), ("tried", B), ("rolled_back", B))
    assert recover(told, WHOLE) == InstallState(A, A, bad=(B,), max_build=1)


def test_one_that_was_being_tried_is_taken_back_with_what_was_saved() -> None:
    told = lines(("installed", A), ("pending", B)) + lines(("saved", B), database="/d", settings="/s")
    told += lines(("tried", B))
    found = recover(told, WHOLE)
    assert found is not None
    assert (found.good, found.pending, found.tries) == (A, B, TRIES)
    assert found.person == PersonFiles("/d", "/s")


def test_one_that_waits_goes_on_waiting_and_a_cancelled_one_does_not() -> None:
    told = lines(("installed", A), ("pending", B))
    waiting = recover(told, WHOLE)
    assert waiting is not None
    assert (waiting.pending, waiting.tries, waiting.current) == (B, 0, A)
    cancelled = recover(told + lines(("cancelled", B)), WHOLE)
    assert cancelled is not None
    assert cancelled.pending is None


def test_without_a_journal_the_newest_is_tried_before_it_is_trusted() -> None:
    assert recover([], WHOLE) == InstallState(B, B, pending=C)
    assert recover([], {A: WHOLE[A]}) == InstallState(A, A)


def test_a_good_one_that_is_gone_is_passed_over() -> None:
    told = lines(("installed", A), ("committed", B))
    found = recover(told, {A: WHOLE[A]})
    assert found is not None
    assert (found.good, found.previous) == (A, None)
