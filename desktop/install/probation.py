"""What a version on probation tells the launcher, and what the launcher told it. Standard library only.

Three files a start, in a folder that is its owner's alone: the request with a one-time token (the launcher
writes it), the report, and the note that the program leaves on purpose.

Example:
    >>> Probation.from_arguments(["--hidden"]) is None
    True
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from desktop.install.durable_file import write_whole
from desktop.install.lock import FileLock, LockedError
from desktop.install.places import Places, is_version
from desktop.install.state import StateFile, StateUnreadableError

OPTION = "--probation"
CHECKS = ("imports", "records", "health", "window")
"""What must have gone well before a version is good: all its code loads; its records open, are sound and have
its schema; its own `/health` answers with version and token; its window has loaded and its bridge answers."""
LAUNCHER_LOCK = "launcher.lock"
SECONDS = 60.0
"""Of awake time, within which the report must be there."""


class ProbationUnreadableError(Exception):
    """The launcher's request is not there, or damaged: this start is not one that can be reported."""


@dataclass(frozen=True)
class Probation:
    """A start on probation, as the program sees it.

    Attributes:
        places: of the installation.
        attempt: id of this start.
        version: which must come up.
        token: which `/health` must answer with.
    """

    places: Places
    attempt: str
    version: str
    token: str

    @classmethod
    def from_arguments(cls, arguments: Sequence[str]) -> Self | None:
        """Return what `--probation FILE` says; nothing when this is an ordinary start.

        Raises:
            ProbationUnreadableError: the file is not there or damaged.
        """
        for place, argument in enumerate(arguments):
            name, _, value = argument.partition("=")
            if name == OPTION:
                following = arguments[place + 1] if place + 1 < len(arguments) else ""
                return cls.from_file(Path(value or following))
        return None

    @classmethod
    def from_file(cls, file: Path) -> Self:
        """Return what the launcher asks.

        Raises:
            ProbationUnreadableError: the file is not there or damaged.
        """
        found = _read(file)
        version, token = found.get("version"), found.get("token")
        attempt, _, ending = file.name.partition(".")
        if not isinstance(version, str) or not is_version(version) or not isinstance(token, str):
            raise ProbationUnreadableError(file.name)
        if ending != "request.json" or not token or not attempt:
            raise ProbationUnreadableError(file.name)
        return cls(Places(file.absolute().parents[1]), attempt, version, token)

    def report(self, checks: Mapping[str, bool | str]) -> None:
        """Tell how the start went; all of `CHECKS` must be true for the version to stay.

        Args:
            checks: name → whether it went well; a text says what did not.

        Raises:
            OSError: the disk would not have it.
        """
        values = {"version": self.version, "token": self.token, "checks": dict(checks)}
        write_whole(report_file(self.places, self.attempt), json.dumps(values).encode())

    def leave(self) -> None:
        """Tell that the program ends on purpose: quit, log-out, or another one runs. It counts as no failure.

        Raises:
            OSError: the disk would not have it.
        """
        write_whole(left_file(self.places, self.attempt), json.dumps({"token": self.token}).encode())

    def is_committed(self) -> bool:
        """Tell whether the launcher has taken this version for good."""
        try:
            state = StateFile(self.places.state).read()
        except StateUnreadableError:
            return False
        return state.good == self.version and state.pending is None

    def is_abandoned(self) -> bool:
        """Tell whether no launcher watches any more, so that nobody will ever commit; start anew then."""
        lock = FileLock(self.places.root / LAUNCHER_LOCK)
        try:
            with lock:
                return not self.is_committed()
        except (LockedError, OSError):
            return False


def new_token() -> str:
    """Return a text that nobody can guess."""
    import secrets  # noqa: PLC0415 - the launcher reads this module at each start

    return secrets.token_urlsafe(32)


def request_file(places: Places, attempt: str) -> Path:
    """Return where the launcher writes what it asks."""
    return places.probation / f"{attempt}.request.json"


def report_file(places: Places, attempt: str) -> Path:
    """Return where the program writes how it went."""
    return places.probation / f"{attempt}.report.json"


def left_file(places: Places, attempt: str) -> Path:
    """Return where the program writes that it ends on purpose."""
    return places.probation / f"{attempt}.left.json"


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ProbationUnreadableError(file.name) from error
    if not isinstance(found, dict):
        raise ProbationUnreadableError(file.name)
    return found
