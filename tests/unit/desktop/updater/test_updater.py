"""The updater against a repository that really signs and an installation on a real disk, step by step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.errors import RequestError
from agent_core.ports import EndedUpdate, RestartWhen, UpdateState
from desktop.install.state import StateFile
from desktop.updater.updater import Updater
from protocol.reasons import Reason
from protocol.updates import UpdateResult
from tests.support.agent_rig import eventually
from tests.support.installation import Office, office, runs
from update_manifest.release import deltas

IDLE, HELD, OFFERED = UpdateState.IDLE, UpdateState.HELD, UpdateState.OFFERED
PAUSED, PENDING, FAILED = UpdateState.PAUSED, UpdateState.PENDING, UpdateState.FAILED


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        yield made


def pending(here: Office) -> str | None:
    return StateFile(here.places.state).read().pending


def ready(here: Office, version: str = "1.4.2") -> Updater:
    here.publish(version, notes="Faster.")
    updater = here.updater()
    updater.step()
    assert updater.status().state is PENDING
    return updater


def test_nothing_newer_is_said_with_when_that_was_confirmed(here: Office) -> None:
    updater = here.updater()
    assert updater.status().checked_at is None
    updater.step()
    status = updater.status()
    assert (status.state, status.offered, status.not_confirmed) == (IDLE, None, None)
    assert status.checked_at is not None


def test_a_new_version_is_fetched_staged_and_starts_next(here: Office) -> None:
    updater = ready(here)
    status = updater.status()
    assert (status.offered, status.notes, status.restart) == ("1.4.2", "Faster.", RestartWhen.AT_NEXT_START)
    assert status.done_bytes == status.total_bytes > 0
    assert runs(here.places, "1.4.2")
    assert pending(here) == "1.4.2"
    assert runs(here.places, "1.4.1")
    assert not list(here.places.downloads.iterdir())


def test_between_looks_nobody_is_asked(here: Office) -> None:
    updater = here.updater()
    updater.step()
    here.publish("1.4.2")
    here.later(hours=1)
    updater.step()
    assert updater.status().state is IDLE
    here.later(hours=5)
    updater.step()
    assert updater.status().state is PENDING


def test_a_check_by_hand_goes_before_the_stage(here: Office) -> None:
    here.publish("1.4.2", percent=0)
    updater = here.updater()
    updater.step()
    assert (updater.status().state, updater.status().reason) == (HELD, Reason.UPDATE_NOT_YOUR_TURN)
    updater.check()
    assert updater.status().is_checking
    updater.step()
    assert (updater.status().state, updater.status().is_checking) == (PENDING, False)
    here.later(hours=9)
    updater.step()
    assert updater.status().state is PENDING  # it stays though it was not this computer's turn


def test_without_an_answer_it_says_since_when_nothing_was_confirmed(here: Office) -> None:
    updater = here.updater()
    updater.step()
    confirmed = updater.status().checked_at
    files = dict(here.repository.files)
    here.repository.files.clear()
    here.later(days=1)
    updater.step()
    status = updater.status()
    assert (status.state, status.checked_at) == (IDLE, confirmed)
    assert status.not_confirmed is not None
    here.repository.files.update(files)
    here.later(hours=1)
    updater.step()
    assert updater.status().not_confirmed is None


def test_a_pause_keeps_what_arrived_and_goes_on_from_there(here: Office) -> None:
    here.publish("1.4.2")
    updater = here.updater()
    updater.download(go_on=False)
    updater.step()
    assert updater.status().state is PAUSED
    here.later(hours=9)
    updater.step()
    assert updater.status().state is PAUSED
    updater.download(go_on=True)
    updater.step()
    assert updater.status().state is PENDING


def test_a_download_that_is_paused_in_the_middle_is_paused(here: Office) -> None:
    here.publish("1.4.2")
    updater = here.updater()
    real = updater._source.fetch

    def fetch(catalogue, what, progress, stop):  # type: ignore[no-untyped-def]  # hands on what it gets
        def halfway(done: int, total: int) -> None:
            progress(done, total)
            updater.download(go_on=False)

        return real(catalogue, what, halfway, stop)

    updater._source.fetch = fetch  # type: ignore[method-assign]  # the person presses Pause at the first bytes
    updater.step()
    assert updater.status().state is PAUSED
    updater._source.fetch = real  # type: ignore[method-assign]
    updater.download(go_on=True)
    updater.step()
    assert updater.status().state is PENDING


@pytest.mark.parametrize("stopped", [{"disabled": ["1.4.2"]}, {"paused": ["1.4.2"]}])
def test_what_is_stopped_before_anyone_starts_it_never_starts(
    here: Office, stopped: dict[str, list[str]]
) -> None:
    updater = ready(here)
    here.later(hours=9)
    here.again(**stopped)
    updater.step()
    assert updater.status().state is HELD
    assert pending(here) is None
    assert StateFile(here.places.state).read().current == "1.4.1"
    with pytest.raises(RequestError):
        updater.restart(RestartWhen.NOW)


def test_after_one_that_was_stopped_comes_the_next(here: Office) -> None:
    updater = ready(here)
    here.later(hours=9)
    here.repository.halt["disabled"] = ["1.4.2"]
    here.publish("1.4.3")
    updater.step()
    assert (updater.status().state, updater.status().offered) == (PENDING, "1.4.3")
    assert pending(here) == "1.4.3"


def test_a_newer_one_takes_the_place_of_what_waits(here: Office) -> None:
    updater = ready(here)
    here.later(hours=9)
    here.publish("1.4.3")
    updater.step()
    assert pending(here) == "1.4.3"


def test_a_restart_asks_before_it_interrupts_and_then_does_it(here: Office) -> None:
    updater = here.updater()
    with pytest.raises(RequestError) as caught:
        updater.restart(RestartWhen.NOW)
    assert caught.value.reason is Reason.UPDATE_NOT_READY
    updater = ready(here)
    here.is_downloading = True
    with pytest.raises(RequestError) as caught:
        updater.restart(RestartWhen.NOW)
    assert caught.value.reason is Reason.AGENT_RESTART_INTERRUPTS
    updater.step()
    assert here.restarts == []
    updater.restart(RestartWhen.NOW, even_if_downloading=True)
    updater.step()
    assert here.restarts == [RestartWhen.NOW]


def test_by_night_it_restarts_when_nothing_runs_and_never_in_the_morning(here: Office) -> None:
    updater = ready(here)
    updater.restart(RestartWhen.TONIGHT)
    at = updater.status().restart_at
    assert at is not None
    night = updater._night
    assert night is not None
    here.now, here.is_downloading = night, True
    updater.step()
    assert here.restarts == []
    here.later(hours=8)  # the computer slept through the night
    here.is_downloading = False
    updater.step()
    assert here.restarts == []
    assert updater.status().restart_at != at
    here.now = updater._night or night
    updater.step()
    assert here.restarts == [RestartWhen.TONIGHT]


def test_where_it_may_not_write_it_only_tells(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(here.installation()), "is_writable", lambda _: False)
    here.publish("1.4.2")
    updater = here.updater()
    updater.step()
    assert (updater.status().state, updater.status().is_writable) == (OFFERED, False)
    assert not here.places.downloads.exists()


def test_what_is_not_what_was_signed_fails_with_its_reason_and_is_tried_again(here: Office) -> None:
    release = here.publish("1.4.2")
    good = here.repository.files[release["url"]]
    here.repository.files[release["url"]] = bytes(len(good))
    updater = here.updater()
    updater.safely(updater.step)
    assert (updater.status().state, updater.status().reason) == (FAILED, Reason.UPDATE_HASH_WRONG)
    assert StateFile(here.places.state).read().current == "1.4.1"
    here.repository.files[release["url"]] = good
    here.later(hours=1)
    updater.step()
    assert updater.status().state is PENDING


def with_delta(here: Office, *, breaks: bool) -> None:
    made = here.publish("1.4.2")
    patch = here.folder / "patch"
    assert deltas.make(here.places.version("1.4.1"), here.folder / "made-1.4.2", patch, at_most=1 << 20)
    content = patch.read_bytes()
    tree = here.repository.list_of()["releases"][1]["tree_sha256"]
    delta = here.repository.add_artifact(bytes(len(content)) if breaks else content)
    made["deltas"] = [{"from_tree": tree, **delta}]
    here.repository.sign_release(made)
    here.repository.publish()
    if not breaks:
        del here.repository.files[made["url"]]  # the archive is not needed


@pytest.mark.parametrize("breaks", [False, True])
def test_a_delta_is_enough_and_one_that_does_not_fit_is_given_up_for_the_archive(
    here: Office, breaks: bool
) -> None:
    with_delta(here, breaks=breaks)
    updater = here.updater()
    updater.step()
    assert updater.status().state is PENDING
    assert runs(here.places, "1.4.2")


def test_what_was_ready_before_a_restart_of_the_computer_is_ready_after_it(here: Office) -> None:
    ready(here)
    again = here.updater(PENDING, offered="1.4.2", restart=RestartWhen.AT_NEXT_START)
    again.step()
    assert (again.status().state, again.status().notes) == (PENDING, "Faster.")


def test_a_critical_version_and_an_unsafe_one_are_told_apart(here: Office) -> None:
    here.publish("1.4.2", critical=True, percent=0)
    updater = here.updater()
    updater.step()
    assert (updater.status().state, updater.status().is_critical) == (PENDING, True)
    here.repository.list_of()["min_safe"] = "1.4.2"
    here.repository.publish()
    here.later(hours=9)
    updater.step()
    assert updater.status().is_unsafe


def test_its_thread_tells_how_the_last_one_ended_and_stops(here: Office) -> None:
    ended = EndedUpdate("a1", UpdateResult.COMMITTED, "1.4.0", "1.4.1", "2026-11-12T08:00:00Z")
    updater = here.updater(UpdateState.COMMITTED, ended=ended)
    updater.start()
    eventually(lambda: here.told == [ended])
    updater.check()
    eventually(lambda: updater.status().checked_at is not None)
    assert updater.stop(60)
