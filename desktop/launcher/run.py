"""The launcher: looks, decides, does, until a program runs (`decisions` decides, `steps` does)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.install.lock import FileLock, LockedError
from desktop.install.places import Places
from desktop.install.probation import LAUNCHER_LOCK
from desktop.install.state import InstallState, StateBusyError, StateFile, StateUnreadableError
from desktop.install.versions import version_there, versions_there
from desktop.launcher.attempt import left_by
from desktop.launcher.decisions import (
    Commit,
    Judge,
    NothingThere,
    Point,
    PutBack,
    RollBack,
    Start,
    Step,
    Try,
    Whole,
    decide,
    substitute,
)
from desktop.launcher.programs import Programs
from desktop.launcher.watch import Watch

if TYPE_CHECKING:
    from desktop.launcher.steps import Steps

NOTHING_THERE = 4
"""Exit code: there is no version that could be started."""
ATTENDED = frozenset({"--installed", "--uninstalling", "--self-test", "--end-running"})
"""First arguments with which a program does one thing for somebody who waits for its exit code."""
_PATIENCE_SECONDS = 90.0
_ASK_AGAIN_SECONDS = 0.25


class Launcher:
    """Starts the version that is to run."""

    def __init__(
        self,
        places: Places,
        programs: Programs,
        watch: Watch,
        *,
        ask_to_show: Callable[[Path], bool],
        say: Callable[[str], None],
        lock_patience_seconds: float = 10.0,
    ) -> None:
        """Remember where and with what.

        Args:
            places: of the installation.
            programs: starts and ends programs.
            watch: how a start on probation is watched.
            ask_to_show: has the agent of a data folder show its window, and tells whether it did.
            say: tells the person what nobody else can.
            lock_patience_seconds: how long to wait for an agent that is ending.
        """
        self._places = places
        self._programs = programs
        self._watch = watch
        self._ask_to_show = ask_to_show
        self._say = say
        self._lock_patience = lock_patience_seconds
        self._is_attended = False
        self._broken: set[str] = set()

    def run(self, arguments: Sequence[str]) -> int:
        """Start the version that is to run; return the exit code where the process did not become it."""
        state = self._state()
        self._is_attended = bool(arguments) and arguments[0] in ATTENDED
        is_settled = state is not None and state.pending is None
        if state is not None and is_settled and version_there(self._places, state.current) is not None:
            code = self._start(state.current, arguments)
            if code is not None:
                return code
        return self._plainly(arguments) if self._is_attended else self._locked(arguments)

    def _locked(self, arguments: Sequence[str]) -> int:
        """Do what is to be done, as the only launcher; or have the other one's program shown."""
        deadline = self._watch.now() + _PATIENCE_SECONDS
        lock = FileLock(self._places.root / LAUNCHER_LOCK)
        while True:
            try:
                with lock:
                    return self._until_started(arguments)
            except LockedError:
                state = self._state()
                if self._is_shown(state):
                    return 0
                if (state is not None and state.pending is None) or self._watch.now() > deadline:
                    return self._plainly(arguments)
                self._watch.sleep(_ASK_AGAIN_SECONDS)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a program that was good
                self._note(error)
                return self._plainly(arguments)

    def _until_started(self, arguments: Sequence[str]) -> int:
        from desktop.launcher.steps import PostponedError, Steps  # noqa: PLC0415 - not for a plain start

        steps = Steps(self._places, self._programs, self._watch, self._lock_patience)
        while True:
            whole = self._whole()
            state = self._state() or self._recovered(whole)
            if state is None:
                return self._nothing_there()
            step = decide(state, whole, left_by(self._places, state.attempt, state.pending or ""))
            if isinstance(step, NothingThere):
                return self._nothing_there()
            if isinstance(step, Start):
                code = self._start(step.version, arguments)
            else:
                try:
                    code = self._do(steps, step, state, whole, arguments)
                except PostponedError:
                    return 0 if self._is_shown(state) else self._plainly(arguments, steps)
            if code is not None:
                return code

    def _do(
        self, steps: "Steps", step: Step, state: InstallState, whole: Whole, arguments: Sequence[str]
    ) -> int | None:
        match step:
            case Try():
                return steps.attempt(state, step, whole, arguments)
            case PutBack():
                steps.put_back(state, step)
            case RollBack():
                steps.roll_back(state, step, whole)
            case Commit():
                steps.commit(step, whole)
            case Judge():
                steps.judge(state, step)
            case Point():
                steps.point(step)
        return None

    def _start(self, version: str, arguments: Sequence[str]) -> int | None:
        """Become a version's program; nothing when the system would not start it."""
        try:
            program = self._places.program(version)
            return self._programs.become(program, arguments, is_awaited=self._is_attended)
        except OSError:
            self._broken.add(version)
            return None

    def _plainly(self, arguments: Sequence[str], steps: "Steps | None" = None) -> int:
        """Start what was good last, or the next best, and change nothing of the state."""
        while True:
            whole = self._whole()
            state = self._state() or self._recovered(whole, is_written=False)
            if state is None:
                return self._nothing_there()
            version = state.good if state.good in whole else substitute(state, whole)
            if version is None:
                return self._nothing_there()
            if steps is not None:
                steps.make_readable(state, whole[version])
            code = self._start(version, arguments)
            if code is not None:
                return code

    def _state(self) -> InstallState | None:
        try:
            return StateFile(self._places.state).read()
        except StateUnreadableError:
            return None

    def _whole(self) -> Whole:
        there = versions_there(self._places)
        return {version.version: version for version in there if version.version not in self._broken}

    def _recovered(self, whole: Whole, *, is_written: bool = True) -> InstallState | None:
        from desktop.install.journal import Happened, Journal  # noqa: PLC0415 - not for a plain start
        from desktop.launcher.recovery import recover  # noqa: PLC0415 - hardly ever needed

        journal = Journal(self._places.journal)
        state = recover(journal.lines(), whole)
        if state is not None and is_written:
            try:
                StateFile(self._places.state).begin(state)
            except (OSError, StateBusyError):
                return state
            journal.note(Happened.RECOVERED, state.good)
        return state

    def _note(self, error: Exception) -> None:
        from desktop.install.journal import Happened, Journal  # noqa: PLC0415 - not for a plain start

        facts = {"error": type(error).__name__}
        Journal(self._places.journal).note(Happened.NOT_STARTED, "", facts)

    def _is_shown(self, state: InstallState | None) -> bool:
        if state is None or state.person is None:
            return False
        return self._ask_to_show(Path(state.person.database).parent)

    def _nothing_there(self) -> int:
        self._say(
            "No whole version of NjordHR is installed here. Install it again; your records and settings stay."
        )
        return NOTHING_THERE
