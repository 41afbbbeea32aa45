"""The relay: sends what the outbox holds, in order, and lets the cloud's verdicts decide.

A cloud that is down makes the whole relay wait, longer each time, and costs no entry a try. A revoked
computer stops sending and keeps everything. The switches of the settings are looked at before each step.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from agent_core.errors import CloudError, FilesError
from agent_core.outbox.lane import Lane
from agent_core.outbox.retry import after_no_file, after_refusal, halve, settle_batch, until_checked
from agent_core.outbox.uploader import Uploaded, Uploader
from agent_core.ports import Clock, Cloud, Fate, OutboxEntry, OutboxStore, Settlement, UploadTask
from protocol.ingest import MAX_BATCH
from protocol.reasons import Reason

IDLE = timedelta(seconds=2)
"""How often entries are looked at that wait for their own time."""

_BATCH_AT_FAULT = frozenset({Reason.REQUEST_TOO_LARGE, Reason.REQUEST_INVALID})
_WHOLE_STORE_DOWN = frozenset(
    {
        Reason.CLOUD_ANSWER,
        Reason.CLOUD_CERTIFICATE,
        Reason.CLOUD_UNREACHABLE,
        Reason.REQUEST_TOO_MANY,
        Reason.SERVER_DATABASE_DOWN,
        Reason.STORE_UNAVAILABLE,
    }
)


@dataclass(frozen=True)
class Switches:
    """What the settings allow now; ``send`` also needs a paired computer, which is ``device_id``."""

    send: bool
    upload: bool
    device_id: UUID | None = None


@dataclass(frozen=True)
class RelayStatus:
    """How sending went last; ``reason`` is absent when it went well."""

    reason: Reason | None = None
    last_sync_at: datetime | None = None


class Relay:
    """One step at a time; only one thread calls ``step``, any may read ``status``."""

    def __init__(
        self,
        store: OutboxStore,
        cloud: Cloud,
        uploader: Uploader,
        *,
        switches: Callable[[], Switches],
        clock: Clock,
        jitter: Callable[[], float],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Join the outbox to the cloud.

        Args:
            store: the outbox.
            cloud: takes events.
            uploader: takes bytes there.
            switches: what the settings allow now.
            clock: dates when an entry is tried again, for that outlives this process.
            jitter: returns 0 to 1.
            ticks: seconds that no change of the computer's clock moves.
        """
        self._store = store
        self._cloud = cloud
        self._uploader = uploader
        self._switches = switches
        self._clock = clock
        self._jitter = jitter
        self._ticks = ticks
        self._events = Lane()
        self._uploads = Lane()
        self._limit = MAX_BATCH
        self._revoked: Switches | None = None
        self._status = RelayStatus()

    @property
    def status(self) -> RelayStatus:
        """How the cloud answered last."""
        return self._status

    def begin_anew(self) -> None:
        """Forget waits and a revocation, because the computer was paired or the switches changed."""
        self._revoked = None
        self._events = Lane()
        self._uploads = Lane()
        self._status = replace(self._status, reason=None)

    def step(self) -> timedelta:
        """Send one batch and one upload if they are due; return how long nothing is due for."""
        switches = self._switches()
        if not switches.send or self._is_revoked(switches):
            return IDLE
        sent = self._events.is_open(self._ticks()) and self._send_batch(switches)
        uploaded = (
            switches.upload
            and not self._is_revoked(switches)
            and self._uploads.is_open(self._ticks())
            and self._upload_one(switches)
        )
        return timedelta() if sent or uploaded else IDLE

    def _is_revoked(self, switches: Switches) -> bool:
        """Tell whether the cloud refused the computer that this is now, not one that it was before."""
        return self._revoked is not None and self._revoked.device_id == switches.device_id

    def _send_batch(self, switches: Switches) -> bool:
        entries = self._store.claim_events(self._limit)
        if not entries or self._switches() != switches:  # another office's by now: look again
            return False
        try:
            verdicts = self._cloud.send([entry.event for entry in entries])
        except CloudError as error:
            return self._batch_refused(entries, error, switches)
        now = self._clock()
        self._store.settle_events(settle_batch(entries, verdicts, now, self._jitter()))
        self._events = Lane()
        self._limit = MAX_BATCH
        self._status = RelayStatus(last_sync_at=now)
        return True

    def _batch_refused(self, entries: Sequence[OutboxEntry], error: CloudError, switches: Switches) -> bool:
        if error.reason not in _BATCH_AT_FAULT:
            self._wait_for_cloud(error, switches)
            return False
        if len(entries) > 1:
            self._limit = halve(len(entries))
            return True
        settlement = Settlement(
            entries[0].position, Fate.PARKED, reason=error.reason, detail="refused as a whole"
        )
        self._store.settle_events([settlement])
        self._limit = MAX_BATCH
        return True

    def _wait_for_cloud(self, error: CloudError, switches: Switches) -> None:
        if self._switches() != switches:
            return  # said of the computer that this was when it asked
        self._revoked = switches if error.reason is Reason.DEVICE_REVOKED else None
        self._events = self._events.after_failure(
            error.reason, self._ticks(), self._jitter(), error.retry_after
        )
        self._status = replace(self._status, reason=error.reason)

    def _upload_one(self, switches: Switches) -> bool:
        task = self._store.claim_upload()
        if task is None or self._switches() != switches:
            return False
        try:
            settlement = self._after_upload(task, self._uploader.upload(task))
        except FilesError as error:
            now = self._clock()
            settlement = after_no_file(
                task.resume_id, task.attempts, error.reason, now=now, jitter=self._jitter()
            )
        except CloudError as error:
            return self._upload_refused(task, error, switches)
        self._store.settle_upload(settlement)
        self._uploads = Lane()
        return True

    def _after_upload(self, task: UploadTask, got: Uploaded) -> Settlement:
        if got is Uploaded.DONE:
            return Settlement(task.resume_id, Fate.DONE)
        now, jitter, is_put = self._clock(), self._jitter(), got is Uploaded.PUT
        return until_checked(task.resume_id, task.attempts, is_put=is_put, now=now, jitter=jitter)

    def _upload_refused(self, task: UploadTask, error: CloudError, switches: Switches) -> bool:
        if self._switches() != switches:
            return False  # said of the computer that this was when it asked
        if error.reason is Reason.DEVICE_REVOKED:
            self._wait_for_cloud(error, switches)
            return False
        if error.reason in _WHOLE_STORE_DOWN:
            self._uploads = self._uploads.after_failure(
                error.reason, self._ticks(), self._jitter(), error.retry_after
            )
            return False
        now, jitter = self._clock(), self._jitter()
        self._store.settle_upload(
            after_refusal(task.resume_id, task.attempts, error.reason, error.detail, now=now, jitter=jitter)
        )
        return True
