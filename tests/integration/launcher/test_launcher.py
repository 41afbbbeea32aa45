"""The launcher as a process of its own, with tiny programs, started as often as a person would."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.install import switch
from desktop.install.lock import FileLock
from desktop.install.outcome import Result
from desktop.install.places import Places
from desktop.install.state import PersonFiles, StateFile
from tests.support.faults.tiny_disk import tiny_disk, why_not
from tests.support.launcher.bundles import GOOD, put, told
from tests.support.tree import ROOT

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        sys.platform == "win32", reason="the tiny programs are scripts that Windows does not start"
    ),
]

OLD, NEW = "1.0.0", "1.1.0"
LAUNCHER = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from desktop.install.places import Places
from desktop.launcher.programs import SystemPrograms
from desktop.launcher.run import Launcher
from desktop.launcher.watch import Watch
from desktop.launcher import programs
programs.GRACE_SECONDS = 0.3
watch = Watch(time.monotonic, time.sleep, seconds={seconds})
say = lambda text: print(text, file=sys.stderr)
launcher = Launcher(Places(Path(sys.argv[1])), SystemPrograms(), watch, ask_to_show=lambda _: False, say=say,
                    lock_patience_seconds=0.1)
sys.exit(launcher.run(sys.argv[2:]))
"""
SPOILS = """
if probation:
    with sqlite3.connect({database!r}) as records:
        records.executescript("delete from outbox; pragma user_version = 8;")
    open({settings!r}, "w").write("odd")
"""
TELLS_PROCESS = """
tell(str(os.getpid()))
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "root")
    put(places, OLD)
    switch.adopt(places, OLD)
    return places


@pytest.fixture
def person(tmp_path: Path) -> PersonFiles:
    database, settings = tmp_path / "data" / "agent.sqlite3", tmp_path / "agent.json"
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as records:
        records.executescript(
            "pragma journal_mode = wal; create table outbox (body text);"
            "insert into outbox values ('one'), ('two'); pragma user_version = 7;"
        )
    settings.write_bytes(b'{"kept": true}')
    return PersonFiles(str(database), str(settings))


def begin(places: Places, *arguments: str, seconds: float = 60.0) -> "subprocess.Popen[bytes]":
    text = LAUNCHER.format(root=str(ROOT), seconds=seconds)
    command = [sys.executable, "-ISc", text, str(places.root), *arguments]
    with said_file(places).open("wb") as said:
        return subprocess.Popen(command, stderr=said)


def launch(places: Places, *arguments: str, seconds: float = 60.0) -> tuple[int, str]:
    process = begin(places, *arguments, seconds=seconds)
    code = process.wait(120)
    return code, said_file(places).read_text(encoding="utf-8")


def said_file(places: Places) -> Path:
    """Return a file, not a pipe, which programs that go on would hold open."""
    return places.root.with_name("said")


def eventually(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 100
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_told(places: Places, text: str) -> bool:
    return text in told(places)


def rows(person: PersonFiles) -> list[str]:
    with closing(sqlite3.connect(person.database)) as records:
        return [row[0] for row in records.execute("select body from outbox")]


def test_without_anything_new_the_launcher_becomes_the_program(tmp_path: Path) -> None:
    places = Places(tmp_path / "root")
    put(places, OLD, TELLS_PROCESS)
    switch.adopt(places, OLD)
    process = begin(places, "--hidden")
    process.wait(120)
    assert told(places) == [f"{OLD} plain --hidden", f"{OLD} {process.pid}"]
    assert not (places.root / "launcher.lock").exists()


def test_a_version_that_comes_up_is_kept(places: Places, person: PersonFiles) -> None:
    put(places, NEW)
    switch.make_pending(places, NEW, person)
    assert launch(places, "--hidden")[0] == 0
    assert told(places) == [f"{NEW} probation --hidden", f"{NEW} committed"]
    assert launch(places)[0] == 0
    assert told(places)[-1] == f"{NEW} plain"
    state = StateFile(places.state).read()
    assert (state.good, state.previous, state.pending) == (NEW, OLD, None)
    assert rows(person) == ["one", "two"]


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("sys.exit(3)", "update.did-not-start"),
        ("sys.exit(0)", "update.did-not-start"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "update.did-not-start"),
        ("time.sleep(1000)", "update.no-report"),
        ("signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)", "update.no-report"),
        ("probation.report({'imports': 'no module'}); time.sleep(1000)", "update.check-failed"),
    ],
)
def test_one_that_does_not_is_taken_back(places: Places, person: PersonFiles, does: str, reason: str) -> None:
    spoils = SPOILS.format(database=person.database, settings=person.settings)
    put(places, NEW, f"{spoils}\n{does}", schema=8)
    switch.make_pending(places, NEW, person)
    assert launch(places, seconds=0.3 if reason == "update.no-report" else 60)[0] == 0
    assert told(places)[-1] == f"{OLD} plain"
    if reason != "update.no-report":  # the short wait may end before the program has begun
        assert told(places)[:-1] == [f"{NEW} probation"] * 2
    state = StateFile(places.state).read()
    assert (state.good, state.current, state.bad, state.pending) == (OLD, OLD, (NEW,), None)
    assert state.outcome is not None
    assert (state.outcome.result, state.outcome.reason) == (Result.ROLLED_BACK, reason)
    assert rows(person) == ["one", "two"]
    assert Path(person.settings).read_bytes() == b'{"kept": true}'


def test_a_file_that_is_no_program_is_taken_back(places: Places, person: PersonFiles) -> None:
    put(places, NEW)
    places.program(NEW).write_bytes(b"\x7fELF no program")
    switch.make_pending(places, NEW, person)
    assert launch(places)[0] == 0
    assert told(places) == [f"{OLD} plain"]
    assert StateFile(places.state).read().bad == (NEW,)


def test_everything_that_a_failed_start_began_is_ended(places: Places) -> None:
    begins = (
        "for new in (False, True):\n"
        "    sleeps = [sys.executable, '-c', 'import time; time.sleep(1000)']\n"
        "    child = subprocess.Popen(sleeps, start_new_session=new)\n"
        "    tell(f'child {child.pid}')\n"
        "probation.report({})\ntime.sleep(1000)"
    )
    put(places, NEW, begins)
    switch.make_pending(places, NEW, None)
    assert launch(places)[0] == 0
    children = [int(line.split()[-1]) for line in told(places) if " child " in line]
    assert len(children) == 4
    if sys.platform == "linux":
        assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def test_a_person_who_quits_at_once_fails_nothing(places: Places, person: PersonFiles) -> None:
    put(places, NEW, f"if 'quit' in rest:\n    probation.leave()\n    sys.exit(0)\n{GOOD}")
    switch.make_pending(places, NEW, person)
    assert launch(places, "quit")[0] == 0
    state = StateFile(places.state).read()
    assert (state.pending, state.tries, state.starts, state.bad) == (NEW, 0, 1, ())
    assert launch(places)[0] == 0
    assert StateFile(places.state).read().good == NEW


def test_a_shut_down_fails_nothing(places: Places, person: PersonFiles) -> None:
    put(places, NEW, "tell('runs')\ntime.sleep(1000)")
    switch.make_pending(places, NEW, person)
    process = begin(places)
    eventually(lambda: is_told(places, f"{NEW} runs"))
    process.send_signal(signal.SIGTERM)
    process.wait(120)
    state = StateFile(places.state).read()
    assert (state.pending, state.tries, state.starts, state.attempt) == (NEW, 0, 1, "")


def test_a_launcher_that_was_killed_finds_the_report(places: Places, person: PersonFiles) -> None:
    put(
        places,
        NEW,
        "if not probation:\n    sys.exit(0)\ntell('runs')\n" + "while True:\n    time.sleep(0.02)\n"
        "    if os.path.exists(os.path.join(FOLDER, 'go')):\n        break\n"
        "probation.report(dict.fromkeys(CHECKS, True))\ntell('reported')",
    )
    switch.make_pending(places, NEW, person)
    process = begin(places)
    eventually(lambda: is_told(places, f"{NEW} runs"))
    process.kill()
    process.wait(120)
    (places.root / "go").touch()
    eventually(lambda: is_told(places, f"{NEW} reported"))
    assert launch(places)[0] == 0
    assert told(places)[-1] == f"{NEW} plain"
    assert StateFile(places.state).read().good == NEW


def test_two_launchers_begin_one_program_on_probation(places: Places, person: PersonFiles) -> None:
    put(places, NEW, f"if probation:\n    time.sleep(0.3)\n{GOOD}")
    switch.make_pending(places, NEW, person)
    for process in [begin(places), begin(places)]:
        process.wait(120)
        assert process.returncode == 0
    assert sorted(told(places)) == [f"{NEW} committed", f"{NEW} plain", f"{NEW} probation"]


def test_while_the_old_program_runs_the_new_one_is_not_tried(places: Places, person: PersonFiles) -> None:
    put(places, NEW)
    switch.make_pending(places, NEW, person)
    with FileLock(Path(person.database).with_name("agent.lock")):
        assert launch(places)[0] == 0
    assert told(places) == [f"{OLD} plain"]
    assert StateFile(places.state).read().starts == 0


def test_a_program_asks_to_be_started_again(places: Places, person: PersonFiles) -> None:
    again = (
        "import desktop.install.restart as r\nif probation:\n    assert r.is_waited_for()\n    sys.exit(75)"
    )
    put(places, NEW, GOOD + again)
    switch.make_pending(places, NEW, person)
    assert launch(places)[0] == 0
    assert told(places) == [f"{NEW} probation", f"{NEW} committed", f"{NEW} plain"]


@pytest.mark.parametrize("damage", ["", "{", '{"schema": 1}', None])
@pytest.mark.parametrize("has_journal", [False, True])
def test_a_lost_state_keeps_nothing_from_starting(
    places: Places, damage: str | None, has_journal: bool
) -> None:
    places.state.unlink() if damage is None else places.state.write_text(damage, encoding="ascii")
    if not has_journal:
        places.journal.unlink()
    assert launch(places)[0] == 0
    assert told(places) == [f"{OLD} plain"]
    assert StateFile(places.state).read().good == OLD


def test_a_version_that_somebody_removed_is_replaced_by_another(places: Places) -> None:
    put(places, NEW)
    switch.adopt(places, NEW)
    places.program(NEW).unlink()
    assert launch(places)[0] == 0
    assert told(places) == [f"{OLD} plain"]
    state = StateFile(places.state).read()
    assert state.current == OLD
    assert state.outcome is not None
    assert state.outcome.reason == "update.version-damaged"


def test_with_nothing_left_it_says_so(places: Places) -> None:
    places.program(OLD).unlink()
    code, said = launch(places)
    assert code == 4
    assert "Install it again" in said


def test_an_installers_call_starts_the_good_one_and_passes_its_exit_code(
    places: Places, person: PersonFiles
) -> None:
    places.program(OLD).write_text(
        places.program(OLD).read_text(encoding="utf-8") + "sys.exit(7)", encoding="utf-8"
    )
    put(places, NEW)
    switch.make_pending(places, NEW, person)
    assert launch(places, "--uninstalling")[0] == 7
    assert told(places) == [f"{OLD} plain --uninstalling"]
    assert StateFile(places.state).read().starts == 0


def test_it_needs_nothing_but_the_standard_library(places: Places) -> None:
    look = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import desktop.launcher.__main__, desktop.launcher.steps, desktop.launcher.recovery\n"
        "import desktop.launcher.process_tree, desktop.launcher.job_object, agent_core.runtime.second_start\n"
        "own = {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names - {'__main__'}\n"
        "print(sorted(own), 'sqlite3' in sys.modules)"
    )
    command = [sys.executable, "-ISc", look, str(ROOT)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout == "['agent_core', 'desktop', 'update_manifest'] True\n"
    plain = "\n".join([*look.splitlines()[:1], "import desktop.launcher.__main__", *look.splitlines()[3:]])
    found = subprocess.run([*command[:2], plain, str(ROOT)], capture_output=True, text=True, check=True)
    assert found.stdout == "['agent_core', 'desktop', 'update_manifest'] False\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
def test_a_read_only_and_a_full_disk_start_what_is_good(tmp_path: Path) -> None:
    if why_not(tmp_path / "disk"):
        pytest.skip(f"FULL DISKS ARE NOT TESTED: {why_not(tmp_path / 'disk')}")
    with tiny_disk(tmp_path / "disk") as disk:
        places = Places(disk.path)
        put(places, OLD)
        put(places, NEW)
        switch.adopt(places, OLD)
        person = PersonFiles(str(disk.path / "data" / "agent.sqlite3"), str(disk.path / "agent.json"))
        Path(person.database).parent.mkdir()
        with closing(sqlite3.connect(person.database)) as records:
            records.executescript("create table outbox (body text); pragma user_version = 7;")
        switch.make_pending(places, NEW, person)
        disk.fill()
        assert launch(places) == (0, f"{OLD} plain\n")
        assert StateFile(places.state).read().starts == 0
        disk.make_read_only()
        assert launch(places) == (0, f"{OLD} plain\n")
        assert StateFile(places.state).read().starts == 0
        disk.make_writable()
        disk.free()
        assert launch(places)[0] == 0
        assert StateFile(places.state).read().good == NEW
