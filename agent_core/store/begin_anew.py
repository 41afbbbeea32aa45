"""The way out of damaged records: they are kept, whole, and new ones begin with what can be read of them.

Nothing is changed before everything is ready; a power cut at any point leaves either the damaged records, to
begin again, or the new ones.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent_core.durable import sync_folder
from agent_core.errors import StoreError
from agent_core.store import connection
from agent_core.store.process_lock import ProcessLock
from agent_core.store.salvage import take_over
from protocol.reasons import Reason

FILE_NAME = "agent.sqlite3"


@dataclass(frozen=True)
class BegunAnew:
    """What became of damaged records.

    Attributes:
        kept_in: the folder with the damaged file and what belongs to it, byte for byte.
        recovered: table → rows that were taken over.
    """

    kept_in: Path
    recovered: Mapping[str, int]

    @property
    def waiting(self) -> int:
        """How many records wait to be sent."""
        return self.recovered["outbox"]


def begin_anew(data_dir: Path, now: datetime) -> BegunAnew:
    """Keep the records that are there, and begin new ones with what can be read of them.

    Raises:
        StoreError: an agent runs on this folder, or the disk would not have it; nothing has changed.
    """
    lock = ProcessLock(data_dir)
    try:
        return _begin_anew(data_dir / FILE_NAME, f"damaged-{now:%Y%m%dT%H%M%SZ}")
    except OSError as error:
        raise StoreError(Reason.AGENT_STORE_WRITE, type(error).__name__) from error
    except sqlite3.Error as error:
        raise StoreError(Reason.AGENT_STORE_WRITE, getattr(error, "sqlite_errorname", "")) from error
    finally:
        lock.release()


def _begin_anew(path: Path, folder_name: str) -> BegunAnew:
    connection.finish_move(path)
    kept = _keep(path, folder_name)
    made = path.with_name(f"{path.name}.recovering")
    reading = path.with_name(f"{path.name}.reading")
    try:
        connection.remove_file(made)
        connection.make_file(made)
        _copy_parts(kept / path.name, reading)
        records = connection.open_file(made)
        with contextlib.closing(records):
            recovered = take_over(reading, records)
        made.replace(connection.replacement(path))
    finally:
        connection.remove_file(reading)
        connection.remove_file(made)
    sync_folder(path.parent)
    connection.finish_move(path)
    return BegunAnew(kept, recovered)


def _keep(path: Path, folder_name: str) -> Path:
    """Copy the file and what belongs to it into a folder of its own, which is there whole or not at all."""
    kept = path.with_name(folder_name)
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{folder_name}-{number}")
    part = kept.with_name(f"{kept.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        _copy_parts(path, part / path.name)
        sync_folder(part)
        part.replace(kept)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(path.parent)
    return kept


def _copy_parts(path: Path, to: Path) -> None:
    connection.remove_file(to)
    for suffix in connection.PARTS:
        source = path.with_name(path.name + suffix)
        if source.exists():
            target = to.with_name(to.name + suffix)
            descriptor = os.open(
                target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(descriptor, "wb") as file, source.open("rb") as read:
                shutil.copyfileobj(read, file)
                file.flush()
                os.fsync(file.fileno())
