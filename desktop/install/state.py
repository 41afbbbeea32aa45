"""Which version starts (`state.json`): read and changed whole, by one at a time. Standard library only.

Whoever changes it does so under its lock and durably, so a kill or a power cut leaves the old or the new one.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from desktop.install.durable_file import write_whole
from desktop.install.lock import FileLock, LockedError
from desktop.install.outcome import Outcome, outcome_of
from desktop.install.places import is_version

Kind = TypeVar("Kind")

_SCHEMA = 1
_PATIENCE_SECONDS = 10.0
_TOO_MUCH = 2**31


class StateUnreadableError(Exception):
    """There is no state, or none that can be understood; `recovery` makes one of what else is there."""


class StateBusyError(Exception):
    """Somebody else kept changing it."""


@dataclass(frozen=True)
class PersonFiles:
    """The person's files that an update must not harm.

    Attributes:
        database: of the agent's records.
        settings: `agent.json`.
    """

    database: str
    settings: str


@dataclass(frozen=True)
class InstallState:
    """Which version starts, and what is known of the others.

    Attributes:
        current: the version that starts; while it is tried, the pending one.
        good: the last one that came up and reported so; what a rollback goes to.
        previous: the good one before that; kept.
        pending: the version that is to start next, and on probation.
        tries: starts of the pending one that failed, the one that runs now included.
        starts: all its starts, also those that an orderly exit or a shut-down ended.
        attempt: id of its start that nobody has judged yet; empty when there is none.
        why: why its last start failed, or it is taken back; an `UpdateReason`'s value.
        owed: whether the person's files are still to be put back as they were before its start.
        bad: versions that failed here, and are not offered again.
        max_build: the highest build that was ever good here; nothing older is taken unless it says so.
        staged: a version that is whole on the disk and waits to be made pending.
        person: what is saved before the pending one starts; nothing when there is none to save.
        outcome: how the last update ended.
    """

    current: str
    good: str
    previous: str | None = None
    pending: str | None = None
    tries: int = 0
    starts: int = 0
    attempt: str = ""
    why: str | None = None
    owed: bool = False
    bad: tuple[str, ...] = ()
    max_build: int = 0
    staged: str | None = None
    person: PersonFiles | None = None
    outcome: Outcome | None = None

    @property
    def needed(self) -> frozenset[str]:
        """The versions that must stay on the disk."""
        names = (self.current, self.good, self.previous, self.pending, self.staged)
        return frozenset(name for name in names if name)

    def without_pending(self) -> "InstallState":
        """Return it with the good version as the one that starts."""
        return replace(
            self, current=self.good, pending=None, tries=0, starts=0, attempt="", why=None, owed=False
        )

    def text(self) -> str:
        """Return what stands in the file."""
        person = self.person
        values: dict[str, Any] = {
            "schema": _SCHEMA,
            "current": self.current,
            "good": self.good,
            "previous": self.previous,
            "pending": self.pending,
            "tries": self.tries,
            "starts": self.starts,
            "attempt": self.attempt,
            "why": self.why,
            "owed": self.owed,
            "bad": list(self.bad),
            "max_build": self.max_build,
            "staged": self.staged,
            "person": {"database": person.database, "settings": person.settings} if person else None,
            "outcome": self.outcome.as_json() if self.outcome else None,
        }
        return json.dumps(values, indent=2) + "\n"


def state_of(text: str) -> InstallState:
    """Return what the file says.

    Raises:
        StateUnreadableError: it is none.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StateUnreadableError("no JSON") from error
    if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
        raise StateUnreadableError("not a state of this kind")
    values = _Values(found)
    bad = values.of("bad", list)
    if not all(is_version(version) for version in bad):
        raise StateUnreadableError("bad")
    person, why = found.get("person"), found.get("why")
    return InstallState(
        current=values.version("current"),
        good=values.version("good"),
        previous=values.version_or_none("previous"),
        pending=values.version_or_none("pending"),
        tries=values.number("tries"),
        starts=values.number("starts"),
        attempt=values.of("attempt", str),
        why=None if why is None else values.of("why", str),
        owed=values.of("owed", bool),
        bad=tuple(bad),
        max_build=values.number("max_build"),
        staged=values.version_or_none("staged"),
        person=None if person is None else _person_of(values.of("person", dict)),
        outcome=outcome_of(found.get("outcome")),
    )


class _Values:
    """What was found, each value of its kind or refused."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def of(self, name: str, kind: type[Kind]) -> Kind:
        value = self._found.get(name)
        if type(value) is not kind:
            raise StateUnreadableError(name)
        return value

    def number(self, name: str) -> int:
        value = self.of(name, int)
        if not 0 <= value < _TOO_MUCH:
            raise StateUnreadableError(name)
        return value

    def version(self, name: str) -> str:
        value = self.of(name, str)
        if not is_version(value):
            raise StateUnreadableError(name)
        return value

    def version_or_none(self, name: str) -> str | None:
        return None if self._found.get(name) is None else self.version(name)


def _person_of(found: dict[str, Any]) -> PersonFiles:
    values = _Values(found)
    return PersonFiles(values.of("database", str), values.of("settings", str))


class StateFile:
    """The file, as launcher and program share it."""

    def __init__(self, path: Path) -> None:
        """Remember where it is."""
        self._path = path

    def read(self) -> InstallState:
        """Return the state.

        Raises:
            StateUnreadableError: there is none, or it is damaged.
        """
        try:
            return state_of(self._path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise StateUnreadableError(type(error).__name__) from error

    def change(self, work: Callable[[InstallState], InstallState]) -> InstallState:
        """Change it, with nobody else changing it meanwhile; durable when this returns.

        Raises:
            StateUnreadableError: there is none to change.
            StateBusyError: somebody else has it.
            OSError: it cannot be written; it is as it was.
        """
        with self.held():
            before = self.read()
            after = work(before)
            if after != before:
                write_whole(self._path, after.text().encode())
            return after

    def begin(self, state: InstallState) -> None:
        """Write it where there is none that can be read.

        Raises:
            StateBusyError: somebody else has it.
            OSError: it cannot be written.
        """
        with self.held():
            write_whole(self._path, state.text().encode())

    def held(self) -> "_Held":
        """Keep others from changing it while a block runs."""
        return _Held(self._path.with_name("state.lock"))


class _Held(FileLock):
    def __init__(self, path: Path) -> None:
        super().__init__(path, _PATIENCE_SECONDS)

    def take(self) -> None:
        try:
            super().take()
        except LockedError as error:
            raise StateBusyError from error
