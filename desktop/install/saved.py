"""The person's records as they were before a new version's first start, and how they come back.

Standard library only. Whoever calls holds the agent's lock, so that nobody else has the records.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from agent_core.durable import sync_folder
from desktop.install.durable_file import move, replace, write_whole
from desktop.install.state import PersonFiles

FOLDER = "backups"
LOCK = "agent.lock"
"""The lock of the agent, beside its records."""
PARTS = ("", "-wal", "-shm", "-journal")
"""The endings of the file's name and of what SQLite keeps beside it."""
_SAVED = re.compile(r"pre-(?P<version>\d+\.\d+\.\d+)\.(sqlite3|agent\.json)(\.part(-journal)?)?")


class NotSavedError(Exception):
    """The disk would not have it, or the records cannot be read; what there was is there."""


def is_saved(person: PersonFiles, version: str) -> bool:
    """Tell whether everything from before this version's first start is there."""
    return _records_of(Path(person.database), version).exists()


def save(person: PersonFiles, version: str) -> None:
    """Save settings and records before a version's first start, in place of what was saved for it.

    Raises:
        NotSavedError: it could not be done.
    """
    database, settings = Path(person.database), Path(person.settings)
    try:
        finish(person)
        folder = database.parent / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _records_of(database, version).unlink(missing_ok=True)
        saved_settings = _settings_of(database, version)
        saved_settings.unlink(missing_ok=True)
        if settings.exists():
            write_whole(saved_settings, settings.read_bytes())
        _save_records(database, version)
    except (OSError, sqlite3.Error) as error:
        raise NotSavedError(type(error).__name__) from error


def put_back(person: PersonFiles, version: str) -> None:
    """Put settings and records back as they were saved, byte for byte and row for row; done once.

    It needs no room. A kill or a power cut within is mended by the same again, and by the agent's own start.

    Raises:
        NotSavedError: it could not be done; the same again goes on.
    """
    database, settings = Path(person.database), Path(person.settings)
    try:
        finish(person)
        saved = _records_of(database, version)
        if not saved.exists():
            return
        _put_settings_back(_settings_of(database, version), settings)
        if saved.stat().st_size == 0:
            _remove(database)
            saved.unlink()
            sync_folder(saved.parent)
            return
        move(saved, _replacement(database))
        finish(person)
    except OSError as error:
        raise NotSavedError(type(error).__name__) from error


def finish(person: PersonFiles) -> None:
    """Go on with putting records back where it was broken off.

    Raises:
        OSError: the disk would not have it.
    """
    database = Path(person.database)
    replacement = _replacement(database)
    if replacement.exists():
        _remove(database)
        replace(replacement, database)
        sync_folder(database.parent)


def can_read(person: PersonFiles, schema_max: int) -> bool:
    """Tell whether a version that knows this schema can use the records as they are."""
    database = Path(person.database)
    if _replacement(database).exists():
        return False
    if not database.exists():
        return True  # it makes new ones
    try:
        with closing(sqlite3.connect(database, timeout=10)) as connection:
            (schema,) = connection.execute("pragma user_version").fetchone()
            checked = [row[0] for row in connection.execute("pragma quick_check")]
    except sqlite3.Error:
        return False
    return bool(schema <= schema_max and checked == ["ok"])


def saved_files(database: Path) -> Iterator[tuple[str, Path]]:
    """Yield what was saved beside these records, with the version before which."""
    try:
        found = sorted((database.parent / FOLDER).iterdir())
    except OSError:
        return
    for path in found:
        named = _SAVED.fullmatch(path.name)
        if named is not None:
            yield named["version"], path


def _save_records(database: Path, version: str) -> None:
    """Save the records, or an empty file where there are none."""
    saved = _records_of(database, version)
    part = saved.with_name(f"{saved.name}.part")
    _remove(part)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, flags, 0o600)
    try:
        if database.exists():
            with (
                closing(sqlite3.connect(database, timeout=10)) as source,
                closing(sqlite3.connect(part)) as copy,
            ):
                source.backup(copy)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    move(part, saved)


def _put_settings_back(saved: Path, settings: Path) -> None:
    if not saved.exists():
        if settings.exists():
            settings.unlink()
            sync_folder(settings.parent)
        return
    data = saved.read_bytes()
    if not settings.exists() or settings.read_bytes() != data:
        settings.parent.mkdir(parents=True, exist_ok=True)
        write_whole(settings, data)


def _remove(database: Path) -> None:
    """Remove a file of records and what belongs to it, the file itself first."""
    for suffix in PARTS:
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _replacement(database: Path) -> Path:
    """Return where whole records lie that are to take these ones' place; the agent knows the name too."""
    return database.with_name(f"{database.name}.recovered")


def _records_of(database: Path, version: str) -> Path:
    return database.parent / FOLDER / f"pre-{version}.sqlite3"


def _settings_of(database: Path, version: str) -> Path:
    return database.parent / FOLDER / f"pre-{version}.agent.json"
