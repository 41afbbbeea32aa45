"""The checker: reads back what was uploaded, off the path of any request, and says what became of it.

Each process has one; an upload is claimed by one of them for a while, so two containers never read the same
object at once, and what a dying process held is taken up by another. What is wrong is removed while its row
is locked.
"""

import threading
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import psycopg
import structlog

from cloud_api.db.pool import Database
from cloud_api.errors import CloudError
from cloud_api.resumes.object_store import ObjectDigest, ObjectMissing, ObjectStore
from cloud_api.resumes.records import SQL
from protocol.reasons import Reason

SECONDS_BETWEEN = 5.0
"""How often it looks whether another process was told of an upload."""

WHILE = timedelta(minutes=2)
"""How long a first look may take before another process takes it for dead; each further one is given more."""

STOP_SECONDS = 10.0
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


class Found(StrEnum):
    """What a look found; ``LATER`` is nothing, because the store did not answer."""

    STORED = "stored"
    SURPLUS = "surplus"
    MISSING = "missing"
    WRONG = "wrong"
    LATER = "later"


@dataclass(frozen=True)
class Look:
    """An upload to look at.

    Attributes:
        checks: which look at it this is, beginning with 1.
    """

    check_claim: UUID
    storage_path: str
    file_sha256: str
    file_length: int
    checks: int

    @property
    def expected(self) -> ObjectDigest:
        """What was announced."""
        return ObjectDigest(self.file_sha256, self.file_length)


class UploadChecker:
    """Looks at one upload after the other, on a thread of its own."""

    def __init__(self, database: Database, store: ObjectStore, stopping: threading.Event) -> None:
        """Look here; nothing runs before ``start``."""
        self._database = database
        self._store = store
        self._stopping = stopping
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upload-checker", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once: something was put."""
        self._wake.set()

    def stop(self) -> None:
        """Wait for the end of the look that is under way, after ``stopping`` was set."""
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def check_all(self) -> int:
        """Look at everything that is due now; return how many that were."""
        count = 0
        while not self._stopping.is_set() and self._check_one():
            count += 1
        return count

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.check_all()
            except (CloudError, psycopg.Error) as error:
                structlog.get_logger("cloud_api.resumes.checker").warning(
                    "uploads_not_checked", error=type(error).__name__
                )
            self._wake.wait(SECONDS_BETWEEN)
            self._wake.clear()

    def _check_one(self) -> bool:
        with self._database.anonymous() as tx:
            look = tx.maybe(SQL["claim_check"], {"while": WHILE}, Look)
        if look is None:
            return False
        found, reason = self._look(look)
        settled = self._settle(look, found, reason)
        structlog.get_logger("cloud_api.resumes.checker").info(
            "upload_checked", found=settled, checks=look.checks
        )
        return True

    def _look(self, look: Look) -> tuple[Found, Reason | None]:
        try:
            really = self._store.digest(look.storage_path)
        except ObjectMissing:
            return Found.MISSING, Reason.UPLOAD_MISSING
        except CloudError as error:
            return Found.LATER, error.reason
        if really == look.expected:
            return Found.STORED, None
        return Found.WRONG, Reason.UPLOAD_CHECKSUM

    def _settle(self, look: Look, found: Found, reason: Reason | None) -> Found | None:
        """Write down what was found, unless another process looks by now or the bytes are put anew."""
        with self._database.anonymous() as tx:
            held = tx.value(SQL["hold_check"], {"check_claim": look.check_claim})
            if held is None:
                return None
            if held == Found.SURPLUS and found is not Found.LATER:
                found = Found.SURPLUS
            if found in {Found.SURPLUS, Found.WRONG}:
                self._store.remove(look.storage_path)
            verdict = {
                "check_claim": look.check_claim,
                "found": found.value,
                "reason": None if reason is None else reason.value,
                "after": min(FIRST_WAIT * int(2 ** min(look.checks, 10)), LONGEST_WAIT),
            }
            tx.value(SQL["settle_check"], verdict)
        return found
