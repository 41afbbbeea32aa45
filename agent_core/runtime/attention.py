"""When the person is wanted while they look elsewhere: a download ended, or the portal wants a code."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import structlog

from agent_core.errors import AgentError
from agent_core.logs import fault_of
from agent_core.ports import SessionSnapshot, SessionState
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason

LOOK_EVERY_SECONDS = 1.0
NEWEST_JOBS = 20

WANTS_CODE = "The portal wants the code from your phone"
WANTS_LOGIN = "The portal wants you to connect again"
_LOGIN_REASONS = frozenset({Reason.PORTAL_SESSION_ENDED, Reason.BROWSER_GONE})


class Jobs(Protocol):
    """The records, as far as they are looked at."""

    def newest_jobs(self, limit: int) -> Sequence[JobSnapshot]:
        """Return the newest jobs, newest first."""
        ...


@dataclass(frozen=True)
class Seen:
    """How things stood at one look."""

    session: SessionState
    jobs: Mapping[UUID, JobSnapshot]


def what_to_say(before: Seen, now: Seen) -> str | None:
    """Return what the person is to know since the last look; nothing when all went on without them."""
    if now.session is SessionState.AWAITING_OTP and before.session is not SessionState.AWAITING_OTP:
        return WANTS_CODE
    for job_id, job in now.jobs.items():
        known = before.jobs.get(job_id)
        if known is None:
            continue
        if job.status.is_final and not known.status.is_final:
            return _ended(job)
        if _waits_for_login(job) and not _waits_for_login(known):
            return WANTS_LOGIN
    return None


def _waits_for_login(job: JobSnapshot) -> bool:
    return job.status is JobStatus.QUEUED and job.reason in _LOGIN_REASONS


def _ended(job: JobSnapshot) -> str:
    if job.status is JobStatus.CANCELLED:
        return "The download was cancelled"
    counts = job.counts
    word = "finished" if job.status is JobStatus.SUCCESS else "stopped"
    failed = f", {counts.failed} failed" if counts.failed else ""
    return f"The download has {word}: {counts.stored} stored{failed}"


class AttentionThread:
    """Looks once a second, and calls only where something happened."""

    def __init__(
        self,
        jobs: Jobs,
        commits: Callable[[], int],
        session: Callable[[], SessionSnapshot],
        call: Callable[[str], None],
    ) -> None:
        """Keep the parts; nothing runs before ``start``.

        Args:
            jobs: the records.
            commits: changes whenever the records do.
            session: where the portal session stands.
            call: calls for the person's attention.
        """
        self._jobs = jobs
        self._commits = commits
        self._session = session
        self._call = call
        self._looked_at: int | None = None
        self._seen: Seen | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="attention", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, timeout_seconds: float) -> bool:
        """End the thread; tell whether it ended in time."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def look(self) -> None:
        """Look once, and call if the person is wanted."""
        commits = self._commits()
        jobs: Mapping[UUID, JobSnapshot] = self._seen.jobs if self._seen is not None else {}
        if commits != self._looked_at:
            jobs = {job.job_id: job for job in self._jobs.newest_jobs(NEWEST_JOBS)}
        now = Seen(self._session().state, jobs)
        message = what_to_say(self._seen, now) if self._seen is not None else None
        self._looked_at, self._seen = commits, now
        if message is not None:
            self._call(message)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except AgentError as error:
                structlog.get_logger().warning("attention_failed", reason=error.reason.value)
            except Exception as error:  # noqa: BLE001 - a window that just went away must not end the looking
                structlog.get_logger().warning("attention_failed", **fault_of(error))
            self._stopping.wait(LOOK_EVERY_SECONDS)
