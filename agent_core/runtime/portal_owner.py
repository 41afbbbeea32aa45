"""The one thread that touches the portal: logins, downloads, and a look at the session when nothing runs.

A download is never interrupted by a look at the session's health, nor by a login; the queue of downloads
is in the records, so it survives a restart. A download that was running when the agent died is ended as
`job.interrupted` with an outcome for everybody; what it stored is not fetched again by the next one.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import structlog

from agent_core.errors import AgentError, RequestError, StoreError
from agent_core.logs import fault_of
from agent_core.ports import (
    Clock,
    FolderState,
    PortalCredentials,
    PortalSession,
    ResumeFiles,
    SessionSnapshot,
    SessionState,
)
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.commands import Commands
from agent_core.settings import SettingsFile
from agent_core.store.database import AgentStore
from protocol.devices import WaitingJob
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from protocol.vocabulary import portal_ranks, portal_ship_types

ANSWER_SECONDS = 20.0
"""How long a request waits for the portal before it is answered with the state as it is."""

HEALTH_EVERY = timedelta(minutes=2)
_LOOK_AROUND_SECONDS = 5.0


class _Closing(Exception):  # noqa: N818 - a signal, not an error
    """Takes a running download back to its owner because the agent is closing."""


class RunJob(Protocol):
    """`agent_core.downloads.run.run_job`."""

    def __call__(  # noqa: PLR0917 - the signature of `run_job`
        self,
        job_id: UUID,
        portal: PortalSession,
        files: ResumeFiles,
        store: AgentStore,
        folder: Path,
        clock: Clock,
        cancelled: Callable[[], bool],
    ) -> JobSnapshot:
        """Run a queued job to its end."""
        ...


class PortalOwner:
    """Implements `ports.Downloads`; any thread may call, one works."""

    def __init__(
        self,
        portal: PortalSession,
        files: ResumeFiles,
        store: AgentStore,
        *,
        settings: SettingsFile,
        logins: PortalLogins,
        run_job: RunJob,
        clock: Clock,
    ) -> None:
        """Keep the parts; nothing runs before ``start``."""
        self._portal = portal
        self._files = files
        self._store = store
        self._settings = settings
        self._logins = logins
        self._run_job = run_job
        self._clock = clock
        self._commands = Commands()
        self._cancelled: set[UUID] = set()
        self._running: UUID | None = None
        self._login: tuple[PortalCredentials, bool] | None = None
        self._next_look: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="portal", daemon=True)

    def start(self) -> None:
        """Account for a download that was interrupted, and begin to work."""
        self._end_interrupted()
        self._thread.start()

    def stop(self, timeout_seconds: float) -> bool:
        """End the download and the session; tell whether the thread ended in time."""
        self._commands.close()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    @property
    def running_job_id(self) -> UUID | None:
        """The download that runs now."""
        return self._running

    def session(self) -> SessionSnapshot:
        """Return where the portal session stands."""
        return self._portal.snapshot()

    def connect(self, credentials: PortalCredentials, remember: bool) -> SessionSnapshot:
        """Log in up to the one-time code. A refusal is in the snapshot's reason.

        Raises:
            RequestError: a download is running, or the agent is closing.
        """

        def begin() -> SessionSnapshot:
            self._login = (credentials, remember)
            return self._portal.start(credentials)

        return self._ask(begin)

    def resend_otp(self) -> SessionSnapshot:
        """Have a new code sent.

        Raises:
            RequestError: as `connect`.
        """
        return self._ask(self._portal.resend_otp)

    def verify_otp(self, otp: str) -> SessionSnapshot:
        """Hand in the code.

        Raises:
            RequestError: as `connect`.
        """
        return self._ask(lambda: self._portal.verify_otp(otp))

    def disconnect(self) -> SessionSnapshot:
        """Cancel what runs and close the browser."""
        running = self._running
        if running is not None:
            self._cancelled.add(running)
        self._commands.call(self._portal.disconnect, ANSWER_SECONDS)
        return self._portal.snapshot()

    def submit(self, request: JobRequest, job_id: UUID | None = None) -> JobSnapshot:
        """Queue a download; one of the same id is handed back as it is.

        Raises:
            RequestError: not connected, a label that the portal does not have, or no usable folder.
        """
        if request.rank not in portal_ranks() or request.ship_type not in portal_ship_types():
            raise RequestError(Reason.PORTAL_LABEL_UNKNOWN)
        if self._portal.snapshot().state is not SessionState.CONNECTED:
            raise RequestError(Reason.LOGIN_NOT_CONNECTED)
        folder = self.folder()
        if folder.reason is not None:
            raise RequestError(folder.reason, "download_folder")
        job, _ = self._store.create_job(job_id or uuid4(), request)
        self._commands.nudge()
        return job

    def take_waiting(self, waiting: Sequence[WaitingJob]) -> None:
        """Queue the jobs that the cloud has for this computer; those that cannot start stay there."""
        for job in waiting:
            try:
                self.submit(JobRequest(**job.model_dump(include=set(JobRequest.model_fields))), job.job_id)
            except RequestError as error:
                structlog.get_logger().info(
                    "waiting_job_left", job_id=str(job.job_id), reason=error.reason.value
                )

    def cancel(self, job_id: UUID) -> JobSnapshot:
        """Cancel a job that is not over: at once if it waits, after the present person if it runs.

        Raises:
            StoreError: the job is over, or there is none of this id.
        """
        job = self._store.job(job_id)
        self._cancelled.add(job_id)
        if job.status is JobStatus.QUEUED:
            return self._store.end_job(job_id, None, cancelled=True)
        if job.status.is_final:
            self._cancelled.discard(job_id)
            raise StoreError(Reason.JOB_NOT_ACTIVE)
        return job

    def folder(self) -> FolderState:
        """Look at the download folder."""
        folder = self._settings.current.download_folder
        return self._files.check(Path(folder)) if folder else FolderState("", reason=Reason.FOLDER_NOT_SET)

    def _ask(self, work: Callable[[], SessionSnapshot]) -> SessionSnapshot:
        running = self._running
        if running is not None and not self._store.job(running).status.is_final:
            raise RequestError(Reason.LOGIN_BUSY)
        result = self._commands.call(lambda: self._after_login(work()), ANSWER_SECONDS)
        return result or self._portal.snapshot()

    def _after_login(self, snapshot: SessionSnapshot) -> SessionSnapshot:
        if self._login is not None and snapshot.state is SessionState.CONNECTED:
            self._logins.worked(*self._login)
            self._login = None
        elif self._login is not None and snapshot.reason is Reason.LOGIN_WRONG_PASSWORD:
            self._logins.refused(self._login[0])
        self._next_look = self._clock() + HEALTH_EVERY
        return snapshot

    def _run(self) -> None:
        while not self._commands.is_closed:
            try:
                self._commands.run_next(0.0 if self._has_job() else _LOOK_AROUND_SECONDS)
                self._run_queued()
                self._look_at_session()
            except Exception as error:  # noqa: BLE001 - a full disk or a fault of ours must not end this thread
                structlog.get_logger().error("portal_step_failed", **fault_of(error))
                self._commands.run_next(_LOOK_AROUND_SECONDS)
        self._portal.disconnect()

    def _has_job(self) -> bool:
        connected = self._portal.snapshot().state is SessionState.CONNECTED
        return connected and bool(self._store.jobs_in(JobStatus.QUEUED))

    def _run_queued(self) -> None:
        if self._commands.is_closed or not self._has_job():
            return
        self._end_interrupted()
        job_id = self._store.jobs_in(JobStatus.QUEUED)[0].job_id
        self._running = job_id
        try:
            self._run_one(job_id)
        finally:
            self._running = None
            self._cancelled.discard(job_id)
            self._next_look = self._clock() + HEALTH_EVERY

    def _run_one(self, job_id: UUID) -> None:
        folder = Path(self._settings.current.download_folder)
        try:
            self._run_job(
                job_id,
                self._portal,
                self._files,
                self._store,
                folder,
                self._clock,
                self._ask_cancelled(job_id),
            )
        except _Closing:
            self._store.end_job(job_id, Reason.JOB_INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - whatever it is, the job must not stay running
            structlog.get_logger().error("download_failed", job_id=str(job_id), **fault_of(error))
            reason = error.reason if isinstance(error, AgentError) else Reason.SERVER_FAULT
            if not self._store.job(job_id).status.is_final:
                self._store.end_job(job_id, reason)

    def _ask_cancelled(self, job_id: UUID) -> Callable[[], bool]:
        def cancelled() -> bool:
            if self._commands.is_closed:
                raise _Closing
            return job_id in self._cancelled

        return cancelled

    def _look_at_session(self) -> None:
        if self._portal.snapshot().state is not SessionState.CONNECTED or self._has_job():
            return
        if self._next_look is None or self._clock() >= self._next_look:
            self._portal.check_health()
            self._next_look = self._clock() + HEALTH_EVERY

    def _end_interrupted(self) -> None:
        for job in self._store.jobs_in(JobStatus.RUNNING):
            self._store.end_job(job.job_id, Reason.JOB_INTERRUPTED)
            structlog.get_logger().warning("download_interrupted", job_id=str(job.job_id))
