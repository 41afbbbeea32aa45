"""Which version starts next, and who may not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.install import switch
from desktop.install.journal import Journal
from desktop.install.outcome import Outcome, Result
from desktop.install.places import Places
from desktop.install.state import InstallState, PersonFiles, StateFile
from tests.support.launcher.bundles import build_of, put
from update_manifest.errors import UpdateError, UpdateReason

OLD, NEW = "1.0.0", "1.1.0"
PERSON = PersonFiles("/d", "/s")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path, "linux")
    put(places, OLD)
    put(places, NEW)
    switch.adopt(places, OLD)
    return places


def change(places: Places, **values: object) -> None:
    file = StateFile(places.state)
    file.begin(replace(file.read(), **values))  # type: ignore[arg-type]  # whatever a test wants


def refusal(work: Callable[[], object]) -> UpdateReason:
    with pytest.raises(UpdateError) as caught:
        work()
    return caught.value.reason


def test_what_an_installer_brings_starts(places: Places) -> None:
    assert StateFile(places.state).read() == InstallState(OLD, OLD, max_build=build_of(OLD))
    change(places, pending=NEW, tries=1, starts=1, bad=(NEW,), staged=NEW)
    state = switch.adopt(places, NEW)
    assert state == InstallState(NEW, NEW, previous=OLD, max_build=build_of(NEW))
    assert switch.adopt(places, NEW).previous == OLD
    assert refusal(lambda: switch.adopt(places, "3.0.0")) is UpdateReason.NOT_READY


def test_a_staged_version_becomes_pending_and_may_be_cancelled(places: Places) -> None:
    assert switch.note_staged(places, NEW).staged == NEW
    state = switch.make_pending(places, NEW, PERSON)
    assert (state.pending, state.staged, state.current, state.person) == (NEW, None, OLD, PERSON)
    cancelled = switch.cancel(places, NEW, UpdateReason.DISABLED)
    assert (cancelled.pending, cancelled.current, cancelled.bad) == (None, OLD, ())
    switch.note_staged(places, NEW)
    assert switch.cancel(places, NEW, UpdateReason.DISABLED).staged is None
    happened = [line["happened"] for line in Journal(places.journal).lines()]
    assert happened == ["installed", "staged", "pending", "cancelled", "staged", "cancelled"]


def test_cancelling_what_is_not_there_changes_nothing(places: Places) -> None:
    before = StateFile(places.state).read()
    assert switch.cancel(places, NEW, UpdateReason.DISABLED) == before
    assert len(Journal(places.journal).lines()) == 1


def test_what_has_started_already_is_left_to_the_launcher(places: Places) -> None:
    change(places, pending=NEW, starts=1, tries=0)
    state = switch.cancel(places, NEW, UpdateReason.DISABLED)
    assert (state.pending, state.tries, state.why) == (NEW, switch.TRIES, "update.disabled")


def test_who_may_not_be_pending(places: Places) -> None:
    def pend(version: str) -> UpdateReason:
        return refusal(lambda: switch.make_pending(places, version, PERSON))

    assert pend("2.0.0") is UpdateReason.NOT_READY
    assert pend(OLD) is UpdateReason.NOT_READY
    change(places, bad=(NEW,))
    assert pend(NEW) is UpdateReason.FAILED_HERE
    change(places, bad=(), pending=NEW, starts=1)
    assert pend(NEW) is UpdateReason.NOT_READY
    places.state.write_text("{", encoding="ascii")
    assert pend(NEW) is UpdateReason.NOT_READY


def test_trouble_is_told(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, data: bytes) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.install.state.write_whole", fail)
        assert refusal(lambda: switch.note_staged(places, NEW)) is UpdateReason.NOT_STORED
        assert refusal(lambda: switch.adopt(places, NEW)) is UpdateReason.NOT_STORED
    monkeypatch.setattr("desktop.install.state._PATIENCE_SECONDS", 0.0)
    with StateFile(places.state).held():
        assert refusal(lambda: switch.note_staged(places, NEW)) is UpdateReason.BUSY
        assert refusal(lambda: switch.adopt(places, NEW)) is UpdateReason.BUSY


def test_how_the_last_update_ended(places: Places) -> None:
    assert switch.last_outcome(places) is None
    outcome = Outcome("id", Result.FAILED, OLD, NEW, "update.no-report", "2026-11-24T00:00:00Z")
    change(places, outcome=outcome)
    assert switch.last_outcome(places) == outcome
    places.state.unlink()
    assert switch.last_outcome(places) is None
