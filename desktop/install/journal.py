"""What happened to an installation, a line each, for people and for `recovery`. Standard library only."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

_LARGEST = 512 * 1024
_KEPT = 256 * 1024


class Happened(StrEnum):
    """What can happen to a version."""

    INSTALLED = "installed"
    STAGED = "staged"
    UNSTAGED = "unstaged"
    PENDING = "pending"
    CANCELLED = "cancelled"
    SAVED = "saved"
    TRIED = "tried"
    TRY_ENDED = "try_ended"
    COMMITTED = "committed"
    PUT_BACK = "put_back"
    ROLLED_BACK = "rolled_back"
    RECOVERED = "recovered"
    REMOVED = "removed"
    NOT_STARTED = "not_started"


class Journal:
    """The file. A line that cannot be written is left out: nothing depends on it while there is a state."""

    def __init__(self, path: Path) -> None:
        """Remember where it is."""
        self._path = path

    def note(self, happened: Happened, version: str, facts: Mapping[str, object] | None = None) -> bool:
        """Add a line; tell whether it could be written, durably.

        Args:
            happened: what.
            version: to which.
            facts: codes and numbers.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        line = json.dumps({"at": at, "happened": happened.value, "version": version, **(facts or {})})
        try:
            self._shorten()
            self._append(line)
        except OSError:
            return False
        return True

    def lines(self) -> list[Mapping[str, Any]]:
        """Return what can be read of it, oldest first; a line that was torn is passed over."""
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line for line in map(_line_of, text.splitlines()) if line is not None]

    def _append(self, line: str) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._path, flags, 0o600), "rb+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            is_torn = size > 0 and (file.seek(size - 1), file.read(1))[1] != b"\n"
            file.write((("\n" if is_torn else "") + line + "\n").encode())
            os.fsync(file.fileno())

    def _shorten(self) -> None:
        if not self._path.exists() or self._path.stat().st_size <= _LARGEST:
            return
        from desktop.install.durable_file import write_whole  # noqa: PLC0415 - once in years

        newest = self._path.read_bytes()[-_KEPT:]
        write_whole(self._path, newest[newest.index(b"\n") + 1 :])


def _line_of(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_line = isinstance(found, dict) and all(isinstance(found.get(n), str) for n in ("happened", "version"))
    return found if is_line else None
