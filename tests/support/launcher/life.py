"""One computer through an update, in one process and on one thread: "before step 317" is one moment.

Everything is what ships but for the programs that the launcher starts: theirs is what they do to the disk.
A program file says how its version behaves; a start goes on with whatever broke off.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from desktop.install import saved, switch
from desktop.install.cleanup import clean_up
from desktop.install.journal import Journal
from desktop.install.places import Places
from desktop.install.probation import CHECKS, Probation
from desktop.install.staging import stage
from desktop.install.state import InstallState, PersonFiles, StateFile
from desktop.launcher.programs import Running
from desktop.launcher.run import Launcher
from desktop.launcher.watch import Watch
from tests.support.launcher.bundles import SCHEMA, about, build_of
from update_manifest import archives
from update_manifest.fetch import download
from update_manifest.releases import Release
from update_manifest.trees import tree_sha256
from update_manifest.web import Web

OLD, NEW = "1.0.0", "1.1.0"
NEW_SCHEMA = SCHEMA + 1
SETTINGS = b'{"organisation_name": "Example Crewing", "unknown": [1, 2]}\n'
EVENTS = [(number, f"event {number}") for number in range(1, 6)]
BEHAVIOURS = ("good", "check-failed", "crash", "silent", "exit-0", "report-then-crash", "leave")
"""Of a new version: it comes up, or it reports a failed check, dies, does neither, ends as if all were well,
reports that all is well and dies, says each time that it ends on purpose."""
_CHUNK = 700
_ENOUGH_STARTS = 12
_ENOUGH_MOMENTS = 1000
_CODES = {"crash": -11, "exit-0": 0, "report-then-crash": -11, "leave": 0}
_REPORTERS = frozenset({"good", "check-failed", "report-then-crash"})


class OddError(BaseException):
    """Something that must never be; it passes by the launcher, which goes on after every `Exception`."""


@dataclass(frozen=True)
class Published:
    """What the makers have published: a release and its archive."""

    release: Release
    archive: bytes


def publish(folder: Path, behaviour: str, schema: int = NEW_SCHEMA) -> Published:
    """Make the new version's bundle and archive; it brings the records to this schema."""
    bundle = folder / "made"
    (bundle / "lib").mkdir(parents=True)
    (bundle / "njordhr").write_text(behaviour, encoding="ascii")
    (bundle / "njordhr").chmod(0o755)
    (bundle / "build.json").write_bytes(about(NEW, schema))
    (bundle / "lib" / "part.txt").write_text("part " * 100, encoding="ascii")
    files = archives.pack(bundle, folder / "archive", level=3)
    data = (folder / "archive").read_bytes()
    release = Release(
        app_id="njordhr",
        version=NEW,
        build=build_of(NEW),
        platform="linux-x86_64",
        channel="stable",
        url="artifacts/x.tar.zst",
        sha256=sha256(data).hexdigest(),
        length=len(data),
        files=files,
        tree_sha256=tree_sha256(files),
        schema_min=1,
        schema_max=schema,
        released="2026-11-24T00:00:00Z",
    )
    return Published(release, data)


class _FromMemory(Web):
    """Answers with the archive, a few bytes at a time, and takes up where one was cut."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[Any]:
        start = int((headers or {}).get("Range", "bytes=0-")[6:-1])
        told = {"ETag": '"one"', "Content-Range": f"bytes {start}-{len(self._data) - 1}/{len(self._data)}"}
        yield SimpleNamespace(status=206 if start else 200, headers=told, data=self._data[start:])

    def chunks(self, response: Any) -> Iterator[bytes]:
        for start in range(0, len(response.data), _CHUNK):
            yield response.data[start : start + _CHUNK]


def prepare(folder: Path) -> None:
    """Install the old version, with records and settings of a person who has worked."""
    places = Places(folder / "root")
    version = places.version(OLD)
    version.mkdir(parents=True)
    places.program(OLD).write_text("old", encoding="ascii")
    places.program(OLD).chmod(0o755)
    places.about(OLD).write_bytes(about(OLD))
    data = folder / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "agent.sqlite3", isolation_level=None)) as records:
        records.execute("pragma journal_mode = wal")
        records.execute("create table outbox (id integer primary key, body text)")
        records.executemany("insert into outbox values (?, ?)", EVENTS)
        records.execute(f"pragma user_version = {SCHEMA}")
    (folder / "agent.json").write_bytes(SETTINGS)
    for name in ("downloads", "tuf", "staging", "lists", "probation"):
        (places.root / name).mkdir(mode=0o700)
    (data / "backups").mkdir()
    switch.adopt(places, OLD)


def work_on(folder: Path, published: Published, starts: int = _ENOUGH_STARTS) -> list[str]:
    """Start the program as often as a person would until nothing is left to do; return what ran for good."""
    computer = Computer(folder, published)
    for _ in range(starts):
        computer.launcher().run([])
        if computer.is_settled():
            break
    return computer.ran


@dataclass
class _Moments:
    """Counts what a launcher does again and again, so that one that would never end is found."""

    left: int = _ENOUGH_MOMENTS

    def pass_one(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OddError(f"the launcher goes round in a circle: it looked {_ENOUGH_MOMENTS} times")


@dataclass(frozen=True)
class _WatchedPlaces(Places):
    """Those of an installation, of which is known how often a launcher looks at the state."""

    moments: _Moments = field(default_factory=_Moments)

    @property
    def state(self) -> Path:
        self.moments.pass_one()
        return super().state


@dataclass
class Computer:
    """A person's computer."""

    folder: Path
    published: Published
    ran: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    seconds: float = 0.0
    moments: _Moments = field(default_factory=_Moments)

    @property
    def places(self) -> Places:
        return _WatchedPlaces(self.folder / "root", "linux", self.moments)

    @property
    def person(self) -> PersonFiles:
        return PersonFiles(str(self.folder / "data/agent.sqlite3"), str(self.folder / "agent.json"))

    def launcher(self) -> Launcher:
        watch = Watch(lambda: self.seconds, self._sleep, seconds=1.0)
        return Launcher(
            self.places,
            self,
            watch,
            ask_to_show=lambda _: False,
            say=lambda _: None,
            lock_patience_seconds=0.0,
        )

    def state(self) -> InstallState:
        return StateFile(self.places.state).read()

    def is_settled(self) -> bool:
        state = self.state()
        is_over = state.good == NEW or NEW in state.bad
        return bool(self.ran) and state.pending is None and is_over and self._is_tidy(state)

    def start(self, program: Path, arguments: Sequence[str]) -> Running:
        """Be the program on probation: bring the records to its schema, spoil what it should not, report."""
        behaviour = program.read_text(encoding="ascii")
        probation = Probation.from_arguments(arguments)
        assert probation is not None
        self.tried.append(probation.version)
        self._must_be_ready(probation)
        _migrate(self.person, self.published.release.schema_max, spoils=behaviour != "good")
        if behaviour in _REPORTERS:
            checks: dict[str, bool | str] = dict.fromkeys(CHECKS, True)
            probation.report({**checks, "records": "they are odd"} if behaviour == "check-failed" else checks)
        if behaviour == "leave":
            probation.leave()
        return _Ended(self, probation.version, _CODES.get(behaviour))

    def become(self, program: Path, arguments: Sequence[str], *, is_awaited: bool) -> int:
        """Be the program: look for the new version, and have it start next; else tidy up."""
        version = program.parent.name
        assert program.stat().st_size > 0
        self.ran.append(version)
        with closing(sqlite3.connect(self.person.database)) as records:
            (schema,) = records.execute("pragma user_version").fetchone()
        assert schema <= (NEW_SCHEMA if version == NEW else SCHEMA), "the program cannot read its records"
        state = self.state()
        release = self.published.release
        if version == OLD and NEW not in state.bad and state.pending is None:
            web = _FromMemory(self.published.archive)
            url = "https://updates.example.com/a"
            archive = download(url, release.sha256, release.length, self.places.downloads, web=web)
            stage(self.places, release, archive)
            switch.make_pending(self.places, NEW, self.person)
        else:
            clean_up(self.places)
        return 0

    def _must_be_ready(self, probation: Probation) -> None:
        """Check that all is on the disk that must be before a start."""
        state = self.state()
        if state.attempt != probation.attempt or not state.tries or not state.starts:
            raise OddError(f"a start that is not counted: {state}")
        if probation.version in state.bad:
            raise OddError("a version that failed here is started again")
        if not saved.is_saved(self.person, probation.version):
            raise OddError("a start before which nothing was saved")

    def _sleep(self, seconds: float) -> None:
        self.moments.pass_one()
        self.seconds += seconds

    def _is_tidy(self, state: InstallState) -> bool:
        there = {folder.name for folder in self.places.versions.iterdir()}
        left = [*self.places.staging.iterdir(), *self.places.downloads.iterdir()]
        return there <= state.needed and not left and not list((self.folder / "data/backups").iterdir())


class _Ended:
    """A program on probation that has done what it does."""

    def __init__(self, computer: Computer, version: str, code: int | None) -> None:
        self._computer = computer
        self._version = version
        self._code = code

    def poll(self) -> int | None:
        return self._code

    def ask_to_end(self) -> None:
        self._code = -15

    def stop(self) -> int:
        return -9 if self._code is None else self._code

    def rest(self) -> int:
        self._computer.ran.append(self._version)
        clean_up(self._computer.places)
        return 0


def _migrate(person: PersonFiles, to_schema: int, *, spoils: bool) -> None:
    with closing(sqlite3.connect(person.database, isolation_level=None)) as records:
        (schema,) = records.execute("pragma user_version").fetchone()
        if schema == SCHEMA:
            column = "" if to_schema == SCHEMA else "alter table outbox add column new text;"
            spoil = "delete from outbox where id > 2; update outbox set body = 'odd';" if spoils else ""
            script = f"{column} {spoil} pragma user_version = {to_schema};"
            records.executescript(f"begin immediate; {script} commit;")
    if spoils:
        Path(person.settings).write_bytes(b"{}")


def must_be_well(folder: Path, behaviour: str, ran: Sequence[str], *, was_killed_once: bool = True) -> str:
    """Check that a program runs, and that a broken version left everything as it was; return which runs."""
    state = StateFile(folder / "root/state.json").read()
    assert ran, "nothing started"
    assert state.pending is None, f"after {_ENOUGH_STARTS} starts it is still being tried"
    assert (folder / "root/versions" / state.current / "njordhr").is_file()
    assert ran[-1] == state.current == state.good
    if behaviour != "good" or not was_killed_once:
        assert state.good == OLD or behaviour == "good"
    else:
        assert state.good == NEW
    with closing(sqlite3.connect(folder / "data/agent.sqlite3")) as records:
        rows = records.execute("select id, body from outbox order by id").fetchall()
        (schema,) = records.execute("pragma user_version").fetchone()
    assert rows == EVENTS
    assert schema == (NEW_SCHEMA if state.good == NEW else SCHEMA)
    assert (folder / "agent.json").read_bytes() == SETTINGS
    assert state.bad == (() if state.good == NEW else (NEW,))
    assert state.outcome is not None
    assert state.outcome.to_version == NEW
    assert Journal(folder / "root/journal.jsonl").lines(), "nothing can be read of what happened"
    return state.good
