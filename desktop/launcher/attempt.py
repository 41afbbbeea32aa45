"""What passes between launcher and program in a start on probation, as the launcher sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.install.durable_file import write_whole
from desktop.install.places import Places
from desktop.install.probation import left_file, new_token, report_file, request_file
from desktop.launcher.decisions import Left, has_passed


@dataclass(frozen=True)
class Attempt:
    """One start on probation.

    Attributes:
        id: names its files.
        version: which was started.
        token: what only this start knows.
    """

    places: Places
    id: str
    version: str
    token: str

    @property
    def request(self) -> Path:
        """The file that the program is told of."""
        return request_file(self.places, self.id)

    def checks(self) -> Mapping[str, object] | None:
        """Return what the program reports; nothing before, and for a report that is not this start's."""
        found = _read(report_file(self.places, self.id))
        checks = found.get("checks")
        is_its = found.get("token") == self.token and found.get("version") == self.version
        return checks if is_its and isinstance(checks, dict) else None

    def has_left(self) -> bool:
        """Tell whether the program said that it ends on purpose."""
        return _read(left_file(self.places, self.id)).get("token") == self.token


def begin(places: Places, attempt_id: str, version: str) -> Attempt:
    """Write what the program is asked.

    Raises:
        OSError: the disk would not have it.
    """
    attempt = Attempt(places, attempt_id, version, new_token())
    places.probation.mkdir(mode=0o700, exist_ok=True)
    write_whole(attempt.request, json.dumps({"version": version, "token": attempt.token}).encode())
    return attempt


def left_by(places: Places, attempt_id: str, version: str) -> Left:
    """Return what a start left that nobody has judged."""
    token = _read(request_file(places, attempt_id)).get("token") if attempt_id else None
    if not isinstance(token, str):
        return Left.NOTHING
    attempt = Attempt(places, attempt_id, version, token)
    checks = attempt.checks()
    if checks is not None:
        return Left.REPORTED if has_passed(checks) else Left.NOTHING
    return Left.ON_PURPOSE if attempt.has_left() else Left.NOTHING


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
