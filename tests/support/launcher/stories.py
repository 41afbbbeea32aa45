"""What must hold of installing and starting versions, as stories short enough to be told to every mutant.

`STORIES` has each by its name; it takes an empty folder and raises what is wrong.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

from desktop.install import saved, switch
from desktop.install.durable_file import move, write_whole
from desktop.install.lock import FileLock, LockedError
from desktop.install.places import Places
from desktop.install.probation import CHECKS, Probation
from desktop.install.staging import stage
from desktop.install.state import InstallState, StateFile
from desktop.install.switch import TRIES
from desktop.install.versions import version_there
from desktop.launcher import attempt, decisions
from desktop.launcher.decisions import STARTS, Left
from desktop.launcher.programs import Running
from tests.support.faults.trap import run
from tests.support.launcher.bundles import SCHEMA
from tests.support.launcher.life import (
    BEHAVIOURS,
    NEW,
    OLD,
    Computer,
    OddError,
    Published,
    must_be_well,
    prepare,
    publish,
    work_on,
)
from update_manifest import archives
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import CodeSign

Story = Callable[[Path], None]
WRITTEN = ("write", "fsync", "rename", "fsync")
"""What makes a file durable: its bytes before its name, and its name before anybody is told."""


class KilledError(BaseException):
    """Somebody pulled the plug at this moment."""


def _at_home(folder: Path, behaviour: str = "good", schema: int | None = None) -> tuple[Published, Computer]:
    published = publish(folder, behaviour) if schema is None else publish(folder, behaviour, schema)
    (folder / "work").mkdir()
    prepare(folder / "work")
    return published, Computer(folder / "work", published)


def _ready(folder: Path, behaviour: str, schema: int | None = None) -> Computer:
    """Return a computer on which the new version is the next to start."""
    _, computer = _at_home(folder, behaviour, schema)
    computer.launcher().run([])
    assert computer.state().pending == NEW
    return computer


def _finish(computer: Computer) -> None:
    for _ in range(STARTS + 3):
        if computer.state().pending is not None:
            computer.launcher().run([])


def _life(behaviour: str, schema: int | None = None) -> Story:
    """Return the story of an update that nobody disturbs."""
    tries = {"good": 1, "leave": STARTS}.get(behaviour, TRIES)

    def story(folder: Path) -> None:
        computer = _ready(folder, behaviour, schema)
        _finish(computer)
        assert computer.tried == [NEW] * tries
        must_be_well(computer.folder, behaviour, work_on(computer.folder, computer.published))
        assert version_there(computer.places, OLD) is not None, "the version before is kept"

    return story


def _void(_: object) -> None:
    return None


class _Mortal(Computer):
    """A computer that dies with the program it starts, so that nobody judges the start."""

    def start(self, program: Path, arguments: Sequence[str]) -> Running:
        super().start(program, arguments)
        raise KilledError


def _dies(computer: Computer, times: int) -> None:
    mortal = _Mortal(computer.folder, computer.published)
    for _ in range(times):
        try:
            mortal.launcher().run([])
        except KilledError:
            continue
        raise AssertionError("it was not started")


def dies_with_its_launcher(folder: Path) -> None:
    """A version that takes the whole computer with it is tried as often as any, and not for ever."""
    computer = _ready(folder, "crash")
    _dies(computer, TRIES)
    computer.launcher().run([])
    assert computer.tried == []
    must_be_well(computer.folder, "crash", work_on(computer.folder, computer.published))


def reports_and_the_launcher_dies(folder: Path) -> None:
    """A report that nobody was there to read counts: the version is good without another try."""
    computer = _ready(folder, "good")
    _dies(computer, 1)
    computer.launcher().run([])
    assert computer.tried == []
    assert computer.state().good == NEW


def owes_until_it_is_put_back(folder: Path) -> None:
    """The plug is pulled before spoiled records are put back, which the old version could read."""
    computer = _ready(folder, "crash", SCHEMA)
    with mock.patch.object(saved, "put_back", side_effect=KilledError):
        try:
            computer.launcher().run([])
        except KilledError:
            pass
        else:
            raise AssertionError("nothing was put back")
    must_be_well(computer.folder, "crash", work_on(computer.folder, computer.published))


def halted_after_a_try(folder: Path) -> None:
    """A version that the makers stop is not tried again."""
    computer = _ready(folder, "crash")
    _dies(computer, 1)
    switch.cancel(computer.places, NEW, UpdateReason.DISABLED)
    _finish(computer)
    assert computer.tried == []
    assert computer.state().good == OLD
    assert version_there(computer.places, NEW) is None or NEW in computer.state().bad


def failed_here(folder: Path) -> None:
    """A version that failed is neither made pending again nor, if it is by whatever means, started."""
    computer = _ready(folder, "crash")
    _finish(computer)
    stage(computer.places, computer.published.release, folder / "archive")
    there = {version: version_there(computer.places, version) for version in (OLD, NEW)}
    whole = {version: one for version, one in there.items() if one is not None}
    assert list(whole) == [OLD, NEW]
    step = decisions.decide(replace(computer.state(), pending=NEW), whole, Left.NOTHING)
    assert isinstance(step, decisions.RollBack)
    assert _refusal(lambda: switch.make_pending(computer.places, NEW, None)) is UpdateReason.FAILED_HERE


def only_what_is_there_is_pending(folder: Path) -> None:
    """What has not been put there whole does not start next."""
    _, computer = _at_home(folder)
    refusal = _refusal(lambda: switch.make_pending(computer.places, NEW, computer.person))
    assert refusal is UpdateReason.NOT_READY


def only_its_own_report_counts(folder: Path) -> None:
    """Who does not know the token of a start, or is another version, can say of it what he likes."""
    places = Places(folder)
    own = attempt.begin(places, "a" * 32, NEW)
    said = Probation.from_file(own.request)
    checks: dict[str, bool | str] = dict.fromkeys(CHECKS, True)
    for stranger in (replace(said, token="another"), replace(said, version=OLD)):
        stranger.report(checks)
        assert own.checks() is None
        assert attempt.left_by(places, own.id, NEW) is Left.NOTHING
    replace(said, token="another").leave()
    assert not own.has_left()
    said.leave()
    said.report({**checks, "window": False})
    assert attempt.left_by(places, own.id, NEW) is Left.NOTHING
    said.report(checks)
    assert own.checks() == checks
    assert attempt.left_by(places, own.id, NEW) is Left.REPORTED


def everything_is_synced(folder: Path) -> None:
    """What others rely on is on the disk before they are told, its name too."""
    (folder / "from/one").mkdir(parents=True)
    (folder / "to").mkdir()
    file = StateFile(folder / "state.json")
    file.begin(InstallState(OLD, OLD))
    assert _calls(lambda: write_whole(folder / "file", b"x")) == WRITTEN
    assert _calls(lambda: move(folder / "from/one", folder / "to/one")) == ("rename", "fsync", "fsync")
    assert _calls(lambda: _void(file.change(lambda state: replace(state, tries=1)))) == WRITTEN
    assert _calls(lambda: _void(attempt.begin(Places(folder), "a" * 32, OLD))) == ("mkdir", *WRITTEN)


def _calls(work: Callable[[], None]) -> tuple[str, ...]:
    ending = run(work)
    assert ending.code == 0
    return ending.calls


def a_file_is_old_or_new(folder: Path) -> None:
    """Whenever the writing of a file is broken off, there is the old one or the new one, and whole."""
    file = folder / "state.json"
    found = []
    for step in range(1, len(WRITTEN) + 1):
        file.write_bytes(b"old")
        assert run(lambda: write_whole(file, b"new"), step).killed
        found.append(file.read_bytes())
    assert found == [b"old", b"old", b"old", b"new"]


def one_changes_the_state(folder: Path) -> None:
    """While somebody changes the state nobody else can."""
    file = StateFile(folder / "state.json")
    file.begin(InstallState(OLD, OLD))

    def work(state: InstallState) -> InstallState:
        try:
            with FileLock(folder / "state.lock"):
                raise AssertionError("two have it")
        except LockedError:
            return state

    file.change(work)


def wrong_content_is_never_there(folder: Path) -> None:
    """What a disk did not keep as it was unpacked does not get among the versions."""
    published, computer = _at_home(folder)
    unpack = archives.unpack

    def unpack_badly(*arguments: object, **others: object) -> None:
        unpack(*arguments, **others)  # type: ignore[arg-type]  # handed on as it came
        (computer.places.staging / NEW / "lib/part.txt").write_text("odd " * 125, encoding="ascii")

    with mock.patch.object(archives, "unpack", unpack_badly), mock.patch.object(Path, "replace", _never):
        refusal = _refusal(lambda: stage(computer.places, published.release, folder / "archive"))
    assert refusal is UpdateReason.CONTENT_WRONG
    assert version_there(computer.places, NEW) is None


def _never(_source: Path, target: Path) -> Path:
    raise OddError(f"{target.name} is put there unseen")


def what_the_system_refuses_is_never_there(folder: Path) -> None:
    """The operating system's word about the makers' signature is asked before a version is there."""
    published, computer = _at_home(folder)

    def refuse(_folder: Path, _codesign: CodeSign, _platform: str) -> None:
        assert not computer.places.version(NEW).exists()
        raise UpdateError(UpdateReason.CODE_SIGNATURE_MISSING)

    refusal = _refusal(lambda: stage(computer.places, published.release, folder / "archive", verify=refuse))
    assert refusal is UpdateReason.CODE_SIGNATURE_MISSING
    assert not computer.places.version(NEW).exists()


def what_is_lost_later_is_missed(folder: Path) -> None:
    """A version that lost a part is not one that could be started; staged again, it is made anew."""
    published, computer = _at_home(folder)
    places = computer.places
    stage(places, published.release, folder / "archive")
    part = places.version(NEW) / "lib/part.txt"
    part.write_bytes(b"")
    assert version_there(places, NEW) is None
    stage(places, published.release, folder / "archive")
    assert part.stat().st_size
    shutil.rmtree(places.version(NEW))
    assert _refusal(lambda: switch.make_pending(places, NEW, None)) is UpdateReason.NOT_READY


def _refusal(work: Callable[[], object]) -> UpdateReason:
    try:
        work()
    except UpdateError as error:
        return error.reason
    raise AssertionError("it was not refused")


_NAMED = (
    dies_with_its_launcher,
    reports_and_the_launcher_dies,
    owes_until_it_is_put_back,
    halted_after_a_try,
    failed_here,
    only_what_is_there_is_pending,
    only_its_own_report_counts,
    everything_is_synced,
    a_file_is_old_or_new,
    one_changes_the_state,
    wrong_content_is_never_there,
    what_the_system_refuses_is_never_there,
    what_is_lost_later_is_missed,
)
STORIES: dict[str, Story] = {
    **{f"life of {behaviour}": _life(behaviour) for behaviour in BEHAVIOURS},
    "life of crash with records that the old one could read": _life("crash", SCHEMA),
    **{story.__name__.replace("_", " "): story for story in _NAMED},
}
