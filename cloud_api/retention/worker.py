"""What happens by itself: the rules are followed once a day, who waited long enough is erased, files go.

Each step is a short transaction under a lock that only one worker of all containers has, so it does not
matter how many run, nor when one is killed: what was done is done, and the next one goes on.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

import psycopg
import structlog

from cloud_api.db.pool import Database
from cloud_api.errors import CloudError
from cloud_api.retention.rules import SQL

EVERY_SECONDS = 300.0
"""How often the worker looks. What is due once a day is due by the database's clock."""

STEP = 100
"""How many people one transaction deletes or erases, and how many files are claimed at a time."""

_log = structlog.get_logger("cloud_api.retention")


class Objects(Protocol):
    """What is needed of the office's file store."""

    def remove(self, key: str) -> None:
        """Delete the object; nothing happens when there is none.

        Raises:
            CloudError: the store cannot be asked now.
        """
        ...


@dataclass(frozen=True)
class Swept:
    """How much was done: people deleted, people erased, files removed, files that could not be."""

    deleted: int = 0
    erased: int = 0
    removed: int = 0
    failed: int = 0


class _Removal(NamedTuple):
    removal_id: UUID
    storage_path: str


def sweep(database: Database, objects: Objects, goes_on: Callable[[], bool] = lambda: True) -> Swept:
    """Do all that is due now.

    Raises:
        DatabaseUnavailable: the database is away; what was done stays done.
        psycopg.Error: it failed.
    """
    deleted = sum(_steps(database, "follow_rules", goes_on))
    erased = sum(_steps(database, "erase_expired", goes_on))
    removed, failed = clean_up(database, objects, goes_on)
    return Swept(deleted, erased, removed, failed)


def clean_up(
    database: Database, objects: Objects, goes_on: Callable[[], bool] = lambda: True
) -> tuple[int, int]:
    """Remove all files that are due to go, and return how many went and how many could not."""
    removed = failed = 0
    while goes_on():
        gone, kept = clean_up_some(database, objects)
        removed, failed = removed + gone, failed + kept
        if gone + kept < STEP:
            break
    return removed, failed


def clean_up_some(database: Database, objects: Objects, most: int = STEP) -> tuple[int, int]:
    """Remove some of the files that are due to go, and return how many went and how many could not.

    A file is claimed before it is removed, and forgotten after: one whose worker died in between, or whose
    store was away, is due again some minutes later.
    """
    with database.anonymous() as tx:
        due = tx.all(SQL["claim_removals"], {"limit": most}, _Removal)
    removed = 0
    for removal in due:
        try:
            objects.remove(removal.storage_path)
        except CloudError as error:
            _log.warning("object-not-removed", removal_id=str(removal.removal_id), reason=error.reason.value)
            continue
        with database.anonymous() as tx:
            tx.value(SQL["removed"], {"removal_id": removal.removal_id})
        removed += 1
    return removed, len(due) - removed


def run(
    database: Database, objects: Objects, stopping: threading.Event, every: float = EVERY_SECONDS
) -> None:
    """Look now and then until the server stops."""
    while not stopping.wait(every):
        try:
            swept = sweep(database, objects, lambda: not stopping.is_set())
        except (CloudError, psycopg.Error) as error:
            _log.warning("sweep-failed", error=type(error).__name__)
            continue
        if swept != Swept():
            _log.info("swept", **vars(swept))


def start(database: Database, objects: Objects, stopping: threading.Event) -> threading.Thread:
    """Run in a thread of its own, which ends with ``stopping``."""
    thread = threading.Thread(target=run, args=(database, objects, stopping), name="retention", daemon=True)
    thread.start()
    return thread


def _steps(database: Database, step: str, goes_on: Callable[[], bool]) -> Iterator[int]:
    """Take a step again and again until there is no more to do, or somebody else is at it."""
    while goes_on():
        with database.anonymous() as tx:
            done: int | None = tx.value(SQL[step], {"limit": STEP})
        if done is None:
            return
        yield done
        if step == "erase_expired" and done < STEP:
            return
