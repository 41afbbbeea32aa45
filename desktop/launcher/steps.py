"""Doing what was decided: each step writes the state once, durably, after everything that it promises."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.install import saved
from desktop.install.journal import Happened, Journal
from desktop.install.lock import FileLock, LockedError
from desktop.install.places import Places
from desktop.install.restart import RESTART_CODE
from desktop.install.state import InstallState, StateBusyError, StateFile, StateUnreadableError
from desktop.install.versions import VersionThere
from desktop.launcher import decisions
from desktop.launcher.attempt import Attempt, begin
from desktop.launcher.decisions import Commit, Judge, Point, PutBack, RollBack, Try, Verdict, Whole
from desktop.launcher.programs import Programs, Running
from desktop.launcher.watch import AskedToEnd, Watch, asked_to_end
from update_manifest.errors import UpdateReason

_COMMIT_AGAIN_SECONDS = 1.0


class PostponedError(Exception):
    """A step cannot be done now, and nothing has changed: the disk is full, or somebody has the records."""


class Steps:
    """Does the steps that change something; the launcher's lock is held."""

    def __init__(
        self, places: Places, programs: Programs, watch: Watch, lock_patience_seconds: float = 10.0
    ) -> None:
        """Remember where and with what.

        Args:
            places: of the installation.
            programs: starts and ends programs.
            watch: how a start is watched.
            lock_patience_seconds: how long to wait for an agent that is ending.
        """
        self._places = places
        self._programs = programs
        self._watch = watch
        self._patience = lock_patience_seconds
        self._file = StateFile(places.state)
        self._journal = Journal(places.journal)

    def point(self, step: Point) -> None:
        """Have another version start, for the right one is not whole."""
        self._change(lambda state: decisions.pointed(state, step.version, *_told_once()))
        self._journal.note(Happened.RECOVERED, step.version, {"reason": UpdateReason.VERSION_DAMAGED.value})

    def commit(self, step: Commit, whole: Whole) -> None:
        """Take the pending version for good."""
        build = whole[step.version].build if step.version in whole else 0
        self._change(lambda state: decisions.committed(state, build, *_told_once()))
        self._journal.note(Happened.COMMITTED, step.version, {"build": build})

    def judge(self, state: InstallState, step: Judge) -> None:
        """Write down how a start ended that nobody was there to judge; not while it still runs."""
        verdict = Verdict(is_on_purpose=step.is_on_purpose)
        if not step.is_on_purpose:
            verdict = Verdict(reason=UpdateReason.DID_NOT_START.value)
        with self._records(state):
            self._judged(verdict, was_watched=False)

    def put_back(self, state: InstallState, step: PutBack) -> None:
        """Put the person's files back as they were before a start that failed."""
        with self._records(state):
            self._put_back(state, step.version)
            self._change(lambda known: replace(known, owed=False))

    def roll_back(self, state: InstallState, step: RollBack, whole: Whole) -> None:
        """Take the pending version back, with records that the old one can read."""
        with self._records(state):
            self._make_readable(state, whole[step.to])
            self._change(lambda known: decisions.rolled_back(known, step, *_told_once()))
        self._journal.note(Happened.ROLLED_BACK, step.version, {"to": step.to, "reason": step.reason})

    def attempt(self, state: InstallState, step: Try, whole: Whole, arguments: Sequence[str]) -> int | None:
        """Start the pending version on probation, and judge it.

        Returns:
            The exit code when there is nothing more to do; nothing when the next step is to be decided.
        """
        with self._records(state):
            self._make_readable(state, whole[step.back])
            self._save(state, step.version)
            current = self._begin(state, step.version)
        with asked_to_end() as end:
            return self._run(current, whole, arguments, end)

    def _run(self, current: Attempt, whole: Whole, arguments: Sequence[str], end: AskedToEnd) -> int | None:
        program = self._places.program(current.version)
        told = (f"--probation={current.request}", *arguments)
        try:
            running = self._programs.start(program, told)
        except OSError:
            self._judged(Verdict(reason=UpdateReason.DID_NOT_START.value), was_watched=True)
            return None
        end.hand_on_to(running)
        verdict = self._watch.until_judged(running, current, end)
        if verdict.is_good:
            self._commit_while_running(running, Commit(current.version), whole)
            return _code_of(running.rest())
        has_ended = verdict.is_on_purpose and running.poll() is not None
        exit_code = running.rest() if has_ended else running.stop()
        self._judged(verdict, was_watched=True)
        return _code_of(exit_code) if verdict.is_on_purpose else None

    def _commit_while_running(self, running: Running, step: Commit, whole: Whole) -> None:
        """Commit as soon as the disk has room; until then the program holds back, and its report stays."""
        while True:
            try:
                self.commit(step, whole)
            except PostponedError:
                if running.poll() is not None:
                    return
                self._watch.sleep(_COMMIT_AGAIN_SECONDS)
            else:
                return

    def _save(self, state: InstallState, version: str) -> None:
        person = state.person
        if person is None:
            return
        try:
            saved.save(person, version)
        except saved.NotSavedError as error:
            self._postpone(version, str(error))
        facts = {"database": person.database, "settings": person.settings}
        self._journal.note(Happened.SAVED, version, facts)

    def _begin(self, state: InstallState, version: str) -> Attempt:
        """Count the start before it begins."""
        try:
            current = begin(self._places, uuid.uuid4().hex, version)
        except OSError as error:
            raise PostponedError from error

        def counted(known: InstallState) -> InstallState:
            if known != state:
                raise PostponedError  # it was cancelled this moment
            return decisions.before_try(known, current.id)

        after = self._change(counted)
        self._journal.note(Happened.TRIED, version, {"tries": after.tries, "starts": after.starts})
        return current

    def _judged(self, verdict: Verdict, *, was_watched: bool) -> None:
        after = self._change(lambda state: decisions.judged(state, verdict, was_watched=was_watched))
        version = after.pending or after.current
        facts = {"reason": verdict.reason, "on_purpose": verdict.is_on_purpose}
        self._journal.note(Happened.TRY_ENDED, version, facts)

    def make_readable(self, state: InstallState, back: VersionThere) -> None:
        """Put the person's files back if this version could not read them, and if nobody has them."""
        with suppress(PostponedError), self._records(state):
            self._make_readable(state, back)

    def _make_readable(self, state: InstallState, back: VersionThere) -> None:
        pending, person = state.pending, state.person
        if pending and person and state.starts and not saved.can_read(person, back.schema_max):
            self._put_back(state, pending)

    def _put_back(self, state: InstallState, version: str) -> None:
        if state.person is None:
            return
        try:
            saved.put_back(state.person, version)
        except saved.NotSavedError as error:
            self._postpone(version, str(error))
        self._journal.note(Happened.PUT_BACK, version)

    def _postpone(self, version: str, why: str) -> None:
        self._journal.note(Happened.NOT_STARTED, version, {"error": why})
        raise PostponedError

    @contextmanager
    def _records(self, state: InstallState) -> Iterator[None]:
        """Have the person's records for oneself, as the agent would."""
        if state.person is None:
            yield
            return
        folder = Path(state.person.database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(folder / saved.LOCK, self._patience):
                yield
        except (LockedError, OSError) as error:
            raise PostponedError from error

    def _change(self, work: Callable[[InstallState], InstallState]) -> InstallState:
        try:
            return self._file.change(work)
        except (OSError, StateBusyError, StateUnreadableError) as error:
            raise PostponedError from error


def _code_of(exit_code: int) -> int | None:
    return None if exit_code == RESTART_CODE else max(exit_code, 0)


def _told_once() -> tuple[str, str]:
    """Return a new id and the time now, for what is told of an update."""
    return str(uuid.uuid4()), datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
