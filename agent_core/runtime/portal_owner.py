"""The one thread that touches the portal: logins, downloads, and a look at the session when nothing runs.

A download is never interrupted by a look at the session's health, nor by a login; the queue of downloads
is in the records, so it survives a restart. A download that was running when the agent died, when the portal
ended the session or while the connection was down waits in the queue with that reason, and goes on at the
first person without an outcome.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import structlog

from agent_core.downloads.queue import PORTAL_TROUBLE, Circumstances, Place, next_job, places
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
from agent_core.runtime.run_one import RunJob
from agent_core.runtime.troubles import Troubles
from agent_core.runtime.wishes import Wishes
from agent_core.settings import SettingsFile
from agent_core.store.commands import Asked
from agent_core.store.database import AgentStore
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from protocol.vocabulary import portal_ranks, portal_ship_types

ANSWER_SECONDS = 20.0
"""How long a request waits for the portal before it is answered with the state as it is."""

HEALTH_SECONDS = 120.0
_LOOK_AROUND_SECONDS = 5.0


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
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the parts; nothing runs before ``start``.

        Args:
            portal: is touched by this owner's thread alone.
            files: looks at the download folder.
            store: has the queue.
            settings: has the download folder.
            logins: is told how a login went.
            run_job: downloads.
            clock: for people to read.
            ticks: seconds that no change of the computer's clock moves.
        """
        self._told: Callable[[], None] = lambda: None
        self._last_told: SessionSnapshot | None = None
        self._portal = portal
        self._files = files
        self._store = store
        self._settings = settings
        self._logins = logins
        self._run_job = run_job
        self._clock = clock
        self._commands = Commands()
        self._wishes = Wishes()
        self._login: tuple[PortalCredentials, bool] | None = None
        self._ticks = ticks
        self._next_look = ticks()
        self._troubles = Troubles()
        self._thread = threading.Thread(target=self._run, name="portal", daemon=True)

    def listen(self, told: Callable[[], None]) -> None:
        """Have ``told`` called whenever the session is another than before, on this owner's thread."""
        self._told = told

    def start(self) -> None:
        """Queue a download again that was interrupted, and begin to work."""
        self._queue_interrupted()
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
        return self._wishes.running

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
        """Let what runs wait for the next login, and close the browser."""
        self._wishes.stop_running(Reason.LOGIN_NOT_CONNECTED)
        self._commands.call(self._portal.disconnect, ANSWER_SECONDS)
        return self._portal.snapshot()

    def submit(self, request: JobRequest, job_id: UUID | None = None) -> JobSnapshot:
        """Queue a download; one of the same id is handed back as it is.

        Raises:
            RequestError: not connected, a label that the portal does not have, or no usable folder.
            StoreError: another download of this rank and ship type is not over.
        """
        self._must_know(request)
        self._must_be_ready()
        job, _ = self._store.create_job(job_id or uuid4(), request)
        self._commands.nudge()
        return job

    def retry(self, job_id: UUID, seqs: Sequence[int] | None) -> JobSnapshot:
        """Queue a download of those who failed in another one, or of these of them.

        Raises:
            RequestError: not connected, or no usable folder.
            StoreError: there is no such job, nobody failed, or one of them is about to be fetched anyway.
        """
        self._must_be_ready()
        job = self._store.retry_job(uuid4(), job_id, seqs)
        self._commands.nudge()
        return job

    def accept(self, request: JobRequest, job_id: UUID, asked: Asked) -> JobSnapshot:
        """Queue a download that somebody of the office wants here; it may wait for the login.

        Raises:
            RequestError: a label that the portal does not have, or no usable folder.
            StoreError: another download of this rank and ship type is not over.
        """
        self._must_know(request)
        self._must_have_folder()
        job, _ = self._store.create_job(job_id, request, asked)
        self._commands.nudge()
        return job

    def cancel(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Cancel a job for good: at once if it waits, after those who are being fetched if it runs.

        Raises:
            StoreError: the job is over, or there is none of this id.
        """
        with self._wishes.stop(job_id, Reason.JOB_CANCELLED):
            return self._store.cancel_queued_job(job_id, asked)

    def pause(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Pause a job until somebody resumes it: as `cancel`.

        Raises:
            StoreError: the job is over, or there is none of this id.
        """
        with self._wishes.stop(job_id, Reason.JOB_PAUSED):
            return self._store.pause_queued_job(job_id, asked)

    def resume(self, job_id: UUID, asked: Asked | None = None) -> JobSnapshot:
        """Let a job go on: take back a pause, or try at once what it waits to be tried again.

        Raises:
            StoreError: the job is over, or there is none of this id.
        """
        with self._wishes.go_on(job_id):
            job = self._store.release_job(job_id, asked)
        self._troubles.forget()
        self._commands.nudge()
        return job

    def folder_changed(self) -> None:
        """Look at once whether what waits for the folder can go on."""
        self._troubles.look_at_once()
        self._commands.nudge()

    def queue(self) -> list[Place]:
        """Return the place of every queued job, in the order in which they run."""
        return places(self._store.jobs_in(JobStatus.QUEUED), self._circumstances())

    def folder(self) -> FolderState:
        """Look at the download folder."""
        folder = self._settings.current.download_folder
        return self._files.check(Path(folder)) if folder else FolderState("", reason=Reason.FOLDER_NOT_SET)

    def _ask(self, work: Callable[[], SessionSnapshot]) -> SessionSnapshot:
        running = self._wishes.running
        if running is not None and self._store.job(running).status is JobStatus.RUNNING:
            raise RequestError(Reason.LOGIN_BUSY)
        result = self._commands.call(lambda: self._after_login(work()), ANSWER_SECONDS)
        return result or self._portal.snapshot()

    @staticmethod
    def _must_know(request: JobRequest) -> None:
        if request.rank not in portal_ranks() or request.ship_type not in portal_ship_types():
            raise RequestError(Reason.PORTAL_LABEL_UNKNOWN)

    def _must_be_ready(self) -> None:
        if not self._is_connected():
            raise RequestError(Reason.LOGIN_NOT_CONNECTED)
        self._must_have_folder()

    def _must_have_folder(self) -> None:
        folder = self.folder()
        if folder.reason is not None:
            raise RequestError(folder.reason, "download_folder")

    def _after_login(self, snapshot: SessionSnapshot) -> SessionSnapshot:
        if snapshot.state is SessionState.CONNECTED:
            self._troubles.forget()
        if self._login is not None and snapshot.state is SessionState.CONNECTED:
            self._logins.worked(*self._login)
            self._login = None
        elif self._login is not None and snapshot.reason is Reason.LOGIN_WRONG_PASSWORD:
            self._logins.refused(self._login[0])
        self._next_look = self._ticks() + HEALTH_SECONDS
        self._tell_changes()
        return snapshot

    def _run(self) -> None:
        while not self._commands.is_closed:
            try:
                self._commands.run_next(0.0 if self._next_job() else _LOOK_AROUND_SECONDS)
                self._run_queued()
                self._look_at_session()
                self._look_whether_trouble_passed()
                self._tell_changes()
            except Exception as error:  # noqa: BLE001 - a full disk or a fault of ours must not end this thread
                structlog.get_logger().error("portal_step_failed", **fault_of(error))
                self._commands.run_next(_LOOK_AROUND_SECONDS)
        self._portal.disconnect()

    def _tell_changes(self) -> None:
        snapshot = self._portal.snapshot()
        if snapshot != self._last_told:
            self._last_told = snapshot
            self._told()

    def _is_connected(self) -> bool:
        return self._portal.snapshot().state is SessionState.CONNECTED

    def _circumstances(self) -> Circumstances:
        return self._troubles.circumstances(self._is_connected())

    def _next_job(self) -> JobSnapshot | None:
        return next_job(self._store.jobs_in(JobStatus.QUEUED), self._circumstances())

    def _next_id(self) -> UUID | None:
        job = self._next_job()
        return None if job is None else job.job_id

    def _run_queued(self) -> None:
        if self._commands.is_closed:
            return
        self._queue_interrupted()
        job_id = self._wishes.begin(self._next_id)
        if job_id is None:
            return
        try:
            ended = self._run_one(job_id)
            why = ended.reason if ended.status is JobStatus.QUEUED else None
            self._troubles.after(why, self._is_connected(), self._ticks())
        finally:
            self._wishes.settle(self._honour)
            self._next_look = self._ticks() + HEALTH_SECONDS

    def _run_one(self, job_id: UUID) -> JobSnapshot:
        folder = Path(self._settings.current.download_folder)
        try:
            return self._run_job(
                job_id,
                self._portal,
                self._files,
                self._store,
                folder,
                self._clock,
                lambda: self._stop(job_id),
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the job must not stay running
            structlog.get_logger().error("download_failed", job_id=str(job_id), **fault_of(error))
            return self._after_fault(job_id, error)

    def _after_fault(self, job_id: UUID, error: Exception) -> JobSnapshot:
        job = self._store.job(job_id)
        if job.status.is_final:
            return job  # cancelled in the moment in which it was to start
        if isinstance(error, StoreError) and error.reason is Reason.AGENT_STORE_WRITE:
            return self._store.hold_job(job_id, error.reason)
        reason = error.reason if isinstance(error, AgentError) else Reason.SERVER_FAULT
        return self._store.end_job(job_id, reason)

    def _honour(self, job_id: UUID, wish: Reason | None) -> None:
        """Do what somebody wished while the download was stopping, or had stopped for another reason."""
        job = self._store.job(job_id)
        if job.status is not JobStatus.QUEUED:
            return
        if wish is Reason.JOB_CANCELLED:
            self._store.cancel_queued_job(job_id)
        elif wish is Reason.JOB_PAUSED:
            self._store.pause_queued_job(job_id)
        elif wish is None and job.reason is Reason.JOB_PAUSED:
            self._store.release_job(job_id)

    def _stop(self, job_id: UUID) -> Reason | None:
        """Tell a running download why it is to stop, if it is."""
        wish = self._wishes.of(job_id)
        if self._commands.is_closed and wish is not Reason.JOB_CANCELLED:
            return wish or Reason.JOB_INTERRUPTED
        return wish

    def _look_at_session(self) -> None:
        if self._is_connected() and self._next_job() is None and self._ticks() >= self._next_look:
            self._portal.check_health()
            self._next_look = self._ticks() + HEALTH_SECONDS

    def _look_whether_trouble_passed(self) -> None:
        """Look again at the portal and the folder when it is time, so that what waits for them goes on."""
        if not self._troubles.is_time(self._ticks()) or not self._is_connected():
            return
        portal_answers, session_lives = True, True
        if not self._circumstances().portal_answers:
            looked = self._portal.check_health()
            portal_answers, session_lives = looked.reason is None, looked.state is SessionState.CONNECTED
            self._next_look = self._ticks() + HEALTH_SECONDS
        if not session_lives:
            self._tell_that_the_session_ended()
        self._troubles.looked(portal_answers, self.folder().reason is None, self._ticks())
        self._commands.nudge()

    def _tell_that_the_session_ended(self) -> None:
        for job in self._store.jobs_in(JobStatus.QUEUED):
            if job.reason in PORTAL_TROUBLE:
                self._store.hold_job(job.job_id, Reason.PORTAL_SESSION_ENDED)

    def _queue_interrupted(self) -> None:
        for job in self._store.jobs_in(JobStatus.RUNNING):
            self._store.settle_interrupted(job.job_id)
            structlog.get_logger().warning("download_interrupted", job_id=str(job.job_id))
