"""Who waits for a change is woken by one watcher of this process, and asks the database nothing meanwhile.

A *subject* is what somebody waits for: a job, an office's candidates, a computer's commands. Its *mark* is a
text that changes with every commit that matters. At each look one short transaction asks for the marks of all
subjects that are watched, one statement a kind, however many wait for them; no connection is held between two
looks, so it works behind a pooler in transaction mode.

Nothing is missed by whoever registers first, then reads, then waits: what is committed after the reading
changes a mark that was seen before it.

Example:
    >>> with watch.watching(Subject("job", office_id, job_id)) as watcher:  # doctest: +SKIP
    ...     rows = read()
    ...     changed = watcher.wait(15.0)
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import psycopg
import structlog

from cloud_api.db.pool import Database
from cloud_api.errors import CloudError

LOOK_SECONDS = 0.5
_log = structlog.get_logger("cloud_api.live")


class Subject(NamedTuple):
    """What is waited for; ``kind`` says which statement tells its mark."""

    kind: str
    office_id: UUID
    subject_id: UUID


@dataclass(frozen=True)
class _MarkRow:
    office_id: UUID
    subject_id: UUID
    mark: str


class Watcher:
    """One who waits. Made by `Watch.open`; used by one thread. There may be thousands, so it is small."""

    __slots__ = ("_asleep", "_changed", "_watch", "subjects")

    def __init__(self, watch: "Watch", subjects: tuple[Subject, ...]) -> None:
        """Belong to this watch; nothing has changed yet."""
        self._watch = watch
        self.subjects = subjects
        self._asleep = threading.Lock()
        self._asleep.acquire()
        self._changed: frozenset[Subject] = frozenset()

    def wait(self, seconds: float) -> frozenset[Subject]:
        """Wait until something changes, and return what did since the last wait.

        Returns:
            Nothing when the time is over or the server stops (`Watch.stopping`).
        """
        if not self._watch.stopping.is_set():
            self._asleep.acquire(timeout=seconds)
        return self._watch.take(self)

    def mark(self, subject: Subject) -> str:
        """Return the newest mark of one of its subjects; empty while none is known."""
        return self._watch.mark(subject)

    def close(self) -> None:
        """Wait for nothing any more."""
        self._watch.forget(self)

    def wake(self, subject: Subject | None) -> None:
        """Tell it of a change; only the watch does, under its lock."""
        if subject is not None:
            self._changed |= {subject}
        if self._asleep.locked():
            self._asleep.release()

    def drain(self) -> frozenset[Subject]:
        """Hand out what changed; only the watch does, under its lock."""
        changed, self._changed = self._changed, frozenset()
        self._asleep.acquire(blocking=False)
        return changed


class Watch:
    """Looks at the marks of all subjects that somebody in this process waits for.

    Its thread begins with the first who waits and ends when nobody does.
    """

    def __init__(
        self,
        database: Database,
        kinds: Mapping[str, bytes],
        stopping: threading.Event,
        seconds: float = LOOK_SECONDS,
    ) -> None:
        """Look here, so often.

        Args:
            database: reached as nobody: the statements call functions that tell marks and nothing else.
            kinds: kind -> statement of ``offices`` and ``ids`` (arrays of the same length) that returns
                ``office_id``, ``subject_id``, ``mark``.
            stopping: set when the server stops; everybody is woken then.
            seconds: between two looks.
        """
        self._database = database
        self._kinds = kinds
        self._seconds = seconds
        self._lock = threading.Lock()
        self._watchers: dict[Subject, set[Watcher]] = {}
        self._marks: dict[Subject, str] = {}
        self._looking = False
        self.stopping = stopping

    @contextmanager
    def watching(self, *subjects: Subject) -> Iterator[Watcher]:
        """Wait for these subjects while the block lasts."""
        watcher = self.open(*subjects)
        try:
            yield watcher
        finally:
            watcher.close()

    def open(self, *subjects: Subject) -> Watcher:
        """Wait for these subjects until the watcher is closed."""
        watcher = Watcher(self, subjects)
        self._add(watcher)
        return watcher

    def watched(self) -> frozenset[Subject]:
        """Return what somebody waits for."""
        with self._lock:
            return frozenset(self._watchers)

    def look(self) -> None:
        """Ask for all marks once, and wake who waits for one that changed.

        Raises:
            CloudError: the database does not answer now.
            psycopg.Error: it refuses.
        """
        found = self._read(self.watched())
        with self._lock:
            for subject, mark in found.items():
                watchers = self._watchers.get(subject)
                if watchers is None or self._marks.get(subject) == mark:
                    continue
                self._marks[subject] = mark
                for watcher in watchers:
                    watcher.wake(subject)

    def mark(self, subject: Subject) -> str:
        """Return the newest mark of a watched subject; empty while none is known."""
        with self._lock:
            return self._marks.get(subject, "")

    def take(self, watcher: Watcher) -> frozenset[Subject]:
        """Hand out what changed for this watcher."""
        with self._lock:
            return watcher.drain()

    def forget(self, watcher: Watcher) -> None:
        """Let one who waited go, and what nobody else waits for."""
        with self._lock:
            for subject in watcher.subjects:
                left = self._watchers[subject]
                left.discard(watcher)
                if not left:
                    del self._watchers[subject]
                    self._marks.pop(subject, None)

    def _add(self, watcher: Watcher) -> None:
        with self._lock:
            for subject in watcher.subjects:
                self._watchers.setdefault(subject, set()).add(watcher)
            if self._looking or self.stopping.is_set():
                return
            self._looking = True
        threading.Thread(target=self._look_on, name="watch", daemon=True).start()

    def _read(self, subjects: frozenset[Subject]) -> dict[Subject, str]:
        by_kind: dict[str, list[Subject]] = {}
        for subject in subjects:
            by_kind.setdefault(subject.kind, []).append(subject)
        found: dict[Subject, str] = {}
        if not by_kind:
            return found
        with self._database.anonymous() as tx:
            for kind, wanted in by_kind.items():
                params = {
                    "offices": [subject.office_id for subject in wanted],
                    "ids": [subject.subject_id for subject in wanted],
                }
                for row in tx.all(self._kinds[kind], params, _MarkRow):
                    found[Subject(kind, row.office_id, row.subject_id)] = row.mark
        return found

    def _look_on(self) -> None:
        while self._somebody_waits():
            try:
                self.look()
            except (CloudError, psycopg.Error) as error:
                # Who waits goes on waiting: when the database is back, the next look tells what they missed.
                _log.warning("marks_not_read", error=type(error).__name__)
            self.stopping.wait(self._seconds)
        self._wake_all()

    def _somebody_waits(self) -> bool:
        with self._lock:
            self._looking = bool(self._watchers) and not self.stopping.is_set()
            return self._looking

    def _wake_all(self) -> None:
        with self._lock:
            for watchers in self._watchers.values():
                for watcher in watchers:
                    watcher.wake(None)
