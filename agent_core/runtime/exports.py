"""The exports of this computer: one at a time, each on a thread of its own, the newest few remembered."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog

from agent_core.errors import RequestError
from agent_core.exports.progress import ExportState, Progress
from agent_core.exports.run import ExportRun
from agent_core.exports.sources import ResumeSources
from agent_core.logs import fault_of
from agent_core.ports import Clock, ExportFiles, OfficeExports
from protocol.exports import ExportRequest
from protocol.reasons import Reason

MOST_KEPT = 20
KEEP_SECONDS = 900.0
"""How long a finished ZIP waits in the agent's own folder for the browser to fetch it."""

_PIECE = 256 * 1024


@dataclass(frozen=True)
class Shown:
    """An export as it is now.

    Attributes:
        saved_as: where the person wanted it; absent when a browser is to fetch it.
    """

    export_id: UUID
    file_name: str
    saved_as: Path | None
    progress: Progress


class _Task:
    def __init__(self, export_id: UUID, path: Path, file_name: str, *, is_kept: bool) -> None:
        self.export_id = export_id
        self.path = path
        self.file_name = file_name
        self.is_kept = is_kept  # where the person wanted it, not in the agent's folder
        self.cancelled = threading.Event()
        self.let_go = threading.Event()
        self.thread: threading.Thread | None = None
        self.run: ExportRun

    def shown(self) -> Shown:
        saved_as = self.path if self.is_kept else None
        return Shown(self.export_id, self.file_name, saved_as, self.run.progress)


class Exports:
    """Makes exports and remembers how they went; any thread."""

    def __init__(
        self, office: OfficeExports, sources: ResumeSources, files: ExportFiles, *, folder: Path, clock: Clock
    ) -> None:
        """Keep what a browser is to fetch in ``folder``, which belongs to the agent alone."""
        self._office = office
        self._sources = sources
        self._files = files
        self._folder = folder
        self._clock = clock
        self._tasks: dict[UUID, _Task] = {}
        self._lock = threading.Lock()
        self._asking = threading.Lock()

    def remove_leftovers(self) -> None:
        """Remove what an agent that was killed left for a browser."""
        for left in self._folder.glob("*"):
            with contextlib.suppress(OSError):  # it costs only room, and is no reason not to start
                left.unlink(missing_ok=True)

    def file_name(self) -> str:
        """Return the name that an export begun now should have."""
        return f"NjordHR_export_{self._clock().astimezone():%Y-%m-%d_%H%M}.zip"

    def must_be_free(self) -> None:
        """Refuse when an export is being made.

        Raises:
            RequestError: `export.busy`.
        """
        with self._lock:
            if any(not task.run.progress.state.is_final for task in self._tasks.values()):
                raise RequestError(Reason.EXPORT_BUSY)

    def begin(self, request: ExportRequest, target: Path | None) -> Shown:
        """Have the office fix whom an export has, and begin to make it.

        Args:
            request: whom to export.
            target: the file to save it as; None when a browser is to fetch it.

        Raises:
            RequestError: `export.busy`.
            CloudError: the office refused, or cannot be reached.
        """
        if not self._asking.acquire(blocking=False):
            raise RequestError(Reason.EXPORT_BUSY)
        try:
            self.must_be_free()
            export = self._office.ask(request)
            path = target or self._own_file(export.export_id)
            name = self.file_name() if target is None else target.name
            task = _Task(export.export_id, path, name, is_kept=target is not None)
            made_at = self._clock().astimezone()
            task.run = ExportRun(export, self._office, self._sources, task.cancelled.is_set, made_at)
            self._remember(task)
        finally:
            self._asking.release()
        task.thread = threading.Thread(target=self._make, args=(task,), name="export", daemon=True)
        task.thread.start()
        return task.shown()

    def look(self, export_id: UUID) -> Shown:
        """Return an export as it is now.

        Raises:
            RequestError: there is none of this id, or it is long over.
        """
        return self._find(export_id).shown()

    def cancel(self, export_id: UUID) -> Shown:
        """Cancel an export that is being made; nothing of it is saved."""
        task = self._find(export_id)
        task.cancelled.set()
        return task.shown()

    def hand_out(self, export_id: UUID) -> tuple[int, Iterator[bytes]]:
        """Open a finished ZIP for the browser; return its length and its bytes. Once read, it is removed.

        Raises:
            RequestError: there is none to fetch.
        """
        task = self._find(export_id)
        if task.is_kept or task.run.progress.state is not ExportState.DONE:
            raise RequestError(Reason.EXPORT_TICKET)
        try:
            file = task.path.open("rb")
        except OSError as error:
            raise RequestError(Reason.EXPORT_TICKET, type(error).__name__) from error

        def pieces() -> Iterator[bytes]:
            with file:
                while piece := file.read(_PIECE):
                    yield piece
            task.let_go.set()

        return task.run.progress.length, pieces()

    def stop(self, timeout_seconds: float) -> bool:
        """Cancel what is being made and remove what nobody fetched; tell whether all ended in time."""
        with self._lock:
            tasks = list(self._tasks.values())
        for task in tasks:
            task.cancelled.set()
            task.let_go.set()
        for task in tasks:
            if task.thread is not None:
                task.thread.join(timeout_seconds)
        return not any(task.thread is not None and task.thread.is_alive() for task in tasks)

    def _make(self, task: _Task) -> None:
        try:
            progress = task.run.run(lambda pieces: self._files.save(task.path, pieces))
        except Exception as error:  # noqa: BLE001 - a fault of ours must be told, or the page waits for ever
            structlog.get_logger().error("export_failed", **fault_of(error))
            task.run.progress = task.run.progress.ended(ExportState.FAILED, Reason.SERVER_FAULT)
            return
        reason = None if progress.reason is None else progress.reason.value
        structlog.get_logger().info(
            "export_ended",
            export_id=str(task.export_id),
            state=progress.state.value,
            reason=reason,
            people=progress.people,
            resumes=progress.resumes,
            missing=progress.missing_count,
        )
        if not task.is_kept:
            task.let_go.wait(KEEP_SECONDS if progress.state is ExportState.DONE else 0)
            with contextlib.suppress(OSError):  # a browser may have it open still; the next start removes it
                task.path.unlink(missing_ok=True)

    def _own_file(self, export_id: UUID) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / f"{export_id}.zip"

    def _remember(self, task: _Task) -> None:
        with self._lock:
            self._tasks[task.export_id] = task
            while len(self._tasks) > MOST_KEPT:
                oldest = self._tasks.pop(next(iter(self._tasks)))
                oldest.let_go.set()

    def _find(self, export_id: UUID) -> _Task:
        with self._lock:
            task = self._tasks.get(export_id)
        if task is None:
            raise RequestError(Reason.REQUEST_NOT_FOUND)
        return task
