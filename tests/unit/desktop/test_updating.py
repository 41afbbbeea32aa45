"""A start of an installed program: real agent, installation and repository; only the window is none."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent_core import VERSION
from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from agent_core.ports import RestartWhen, UpdateState
from desktop.install.lock import FileLock
from desktop.install.places import Places
from desktop.install.probation import (
    CHECKS,
    LAUNCHER_LOCK,
    Probation,
    left_file,
    report_file,
    request_file,
)
from desktop.install.restart import LAUNCHER_WAITS, RESTART_CODE
from desktop.install.state import StateFile
from desktop.late_agent import LateAgent
from desktop.updating import Here, Updating, installation_of, probation_of
from tests.support.agent_rig import eventually
from tests.support.installation import SCHEMA, Office, office
from update_manifest.build_info import BuildInfo

ATTEMPT = "ab" * 16


class NoWindow:
    """Stands where the window does: its page answers, or does not, and it ends."""

    def __init__(self, comes_up: bool = True) -> None:
        self.is_hidden = False
        self.ended = threading.Event()
        self.comes_up = comes_up

    def answers(self, script: str, answer: str, seconds: float, goes_on: Callable[[], bool]) -> bool:
        assert script
        assert answer == "there"
        return self.comes_up

    def end(self) -> None:
        self.ended.set()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, VERSION) as made:
        trust = made.places.version(VERSION) / "trust"
        trust.mkdir()
        (trust / "root.json").write_bytes(made.trust.root)
        addresses = {"metadata_url": made.trust.metadata_url, "targets_url": made.trust.targets_url}
        (trust / "updates.json").write_text(json.dumps(addresses))
        yield made


class Start:
    """One start of the program around a real agent."""

    def __init__(
        self,
        here: Office,
        *,
        on_probation: bool = False,
        comes_up: bool = True,
        is_watched: bool = True,
    ) -> None:
        self.places = here.places
        self.window = NoWindow(comes_up)
        data = here.folder / "data"
        probation = ask(here) if on_probation else None
        about = Here(here.places, here.places.version(VERSION) / "trust", data)
        self.updating = Updating(about, lambda: build(here), probation, after_window_seconds=0)
        options = AgentOptions(
            data,
            here.folder / "agent.json",
            preferred_port=0,
            secrets=MemorySecrets(),
            held=self.updating.is_held,
        )
        self.agent = LateAgent(lambda: build_agent(options))
        self.agent.start()
        self.launcher = ExitStack()
        if on_probation and is_watched:
            self.launcher.enter_context(FileLock(here.places.root / LAUNCHER_LOCK))

    def __enter__(self) -> "Start":
        self.updating.begin(self.agent, self.window)
        return self

    def __exit__(self, *error: object) -> None:
        self.updating.stop()
        self.agent.stop()
        self.launcher.close()

    @property
    def state(self) -> UpdateState:
        status = self.agent._there().services.updates.status()
        assert status is not None
        return status.state

    def is_held(self) -> bool:
        return self.agent._there().services.is_held()


def build(here: Office) -> BuildInfo:
    return BuildInfo(
        app_id="njordhr",
        version=VERSION,
        build=1,
        platform="linux-x86_64",
        channel="stable",
        schema_min=0,
        schema_max=SCHEMA,
    )


def ask(here: Office) -> Probation:
    """Ask as the launcher does, with the version pending."""
    state = StateFile(here.places.state)
    state.change(
        lambda now: type(now)(
            **{**vars(now), "pending": VERSION, "good": "0.0.1", "current": VERSION, "attempt": ATTEMPT}
        )
    )
    here.places.probation.mkdir()
    file = request_file(here.places, ATTEMPT)
    file.write_text(json.dumps({"version": VERSION, "token": "one-time"}))
    return Probation.from_file(file)


def commit(here: Office) -> None:
    StateFile(here.places.state).change(
        lambda now: type(now)(**{**vars(now), "pending": None, "good": VERSION, "attempt": ""})
    )


def reported(places: Places) -> dict[str, object]:
    file = report_file(places, ATTEMPT)
    eventually(file.exists)
    report: dict[str, object] = json.loads(file.read_text())
    return report


def test_only_an_installed_program_with_trust_updates_itself(here: Office, tmp_path: Path) -> None:
    program = here.places.program(VERSION)
    found = installation_of(program, "linux", frozen=True)
    assert found is not None
    assert found[0].root == here.places.root
    assert installation_of(program, "linux", frozen=False) is None
    assert installation_of(tmp_path / "njordhr", "linux", frozen=True) is None
    (found[1] / "updates.json").unlink()
    assert installation_of(program, "linux", frozen=True) is None


def test_a_request_that_cannot_be_read_is_an_ordinary_start(tmp_path: Path) -> None:
    assert probation_of([]) is None
    assert probation_of(["--probation", str(tmp_path / "none.request.json")]) is None


def test_an_ordinary_start_looks_fetches_and_starts_again_when_told(
    here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.publish("9.1.0")
    with Start(here) as start:
        updates = start.agent._there().services.updates
        updates.check()
        eventually(lambda: start.state is UpdateState.PENDING)
        assert not start.is_held()
        assert start.updating.start_again() is None
        updates.restart(RestartWhen.NOW)
        assert start.window.ended.wait(60)
    monkeypatch.setenv(LAUNCHER_WAITS, str(os.getppid()))
    assert start.updating.start_again() == RESTART_CODE
    assert StateFile(here.places.state).read().pending == "9.1.0"


def test_a_version_on_probation_proves_itself_and_works_when_the_launcher_took_it(here: Office) -> None:
    with Start(here, on_probation=True) as start:
        report = reported(here.places)
        assert report["checks"] == dict.fromkeys(CHECKS, True)
        assert report["token"] == "one-time"
        assert start.is_held()
        assert start.state is UpdateState.PROBATION
        commit(here)
        eventually(lambda: not start.is_held())
        eventually(lambda: start.state is not UpdateState.PROBATION)
    assert not left_file(here.places, ATTEMPT).exists()


def test_a_window_that_does_not_come_up_is_told(here: Office) -> None:
    with Start(here, on_probation=True, comes_up=False) as start:
        report = reported(here.places)
        assert report["checks"] == {
            **dict.fromkeys(CHECKS, True),
            "window": "the page did not come up",
        }
        assert start.is_held()


def test_an_agent_that_does_not_start_is_told_at_once(here: Office) -> None:
    updating = Updating(Here(here.places, here.places.root, here.folder), lambda: build(here), ask(here))
    updating.failed("agent.store-newer")
    checks = reported(here.places)["checks"]
    assert isinstance(checks, dict)
    assert checks["records"] == "agent.store-newer"
    updating.stop()
    assert not left_file(here.places, ATTEMPT).exists()


def test_who_quits_before_anything_was_proved_leaves_on_purpose(here: Office) -> None:
    updating = Updating(Here(here.places, here.places.root, here.folder), lambda: build(here), ask(here))
    updating.stop()
    assert left_file(here.places, ATTEMPT).exists()
    assert not report_file(here.places, ATTEMPT).exists()


def test_without_a_launcher_that_watches_it_begins_anew(here: Office) -> None:
    with Start(here, on_probation=True, is_watched=False) as start:
        start.window.is_hidden = True
        reported(here.places)
        assert start.window.ended.wait(60)
        assert start.updating._restart == ["--hidden"]
