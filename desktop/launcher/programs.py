"""How the launcher starts a program, looks whether it runs, and ends it with everything it has started."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Never, Protocol

from desktop.install.restart import LAUNCHER_WAITS

GRACE_SECONDS = 5.0
"""For a program that was asked to end."""
_LOOK_SECONDS = 0.05


class Running(Protocol):
    """A program that was started on probation."""

    def poll(self) -> int | None:
        """Return its exit code, negative for a signal; nothing while it runs."""
        ...

    def ask_to_end(self) -> None:
        """Ask it to end in its own time."""
        ...

    def stop(self) -> int:
        """End it and everything it has started, so that nothing of it runs any more; return its exit code."""
        ...

    def rest(self) -> int:
        """Interfere no more; return its exit code when it has ended, or 0 at once where nobody wants it."""
        ...


class Programs(Protocol):
    """What starts programs."""

    def start(self, program: Path, arguments: Sequence[str]) -> Running:
        """Start a program that is watched.

        Raises:
            OSError: it cannot be started.
        """
        ...

    def become(self, program: Path, arguments: Sequence[str], *, is_awaited: bool) -> int:
        """Run a program and have nothing more to do; on Linux and macOS this does not return.

        Args:
            program: which.
            arguments: its own.
            is_awaited: whether somebody waits for its exit code.

        Raises:
            OSError: it cannot be started.
        """
        ...


class SystemPrograms:
    """Those of this computer."""

    def start(self, program: Path, arguments: Sequence[str]) -> Running:
        """Start a program that is watched.

        Raises:
            OSError: it cannot be started.
        """
        environment = {**os.environ, LAUNCHER_WAITS: str(os.getpid())}
        if sys.platform == "win32":
            from desktop.launcher.job_object import start_in_job  # noqa: PLC0415 - of Windows alone

            return start_in_job([str(program), *arguments], environment)
        return _PosixProgram([str(program), *arguments], environment)

    def become(self, program: Path, arguments: Sequence[str], *, is_awaited: bool) -> int:
        """Run a program and have nothing more to do.

        Raises:
            OSError: it cannot be started.
        """
        command = [str(program), *arguments]
        if os.name != "nt":
            _exec(command)
        import subprocess  # noqa: PLC0415 - not where the process becomes the program

        process = subprocess.Popen(command)
        return process.wait() if is_awaited else 0


class _PosixProgram:
    """A program in a session of its own; on Linux what it leaves behind becomes the launcher's child."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        import subprocess  # noqa: PLC0415 - not where the process becomes the program

        from desktop.launcher import process_tree  # noqa: PLC0415 - seldom needed

        self._tree = process_tree
        self._tree.adopt_orphans(True)
        try:
            self._process = subprocess.Popen(command, env=environment, start_new_session=True)
        except OSError:
            self._tree.adopt_orphans(False)
            raise

    def poll(self) -> int | None:
        return self._process.poll()

    def ask_to_end(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        self.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
        self._tree.kill_session(self._process.pid)
        exit_code = self._process.wait()
        self._tree.kill_orphans()
        self._tree.adopt_orphans(False)
        return exit_code

    def rest(self) -> int:
        self._tree.adopt_orphans(False)
        return self._process.wait()


def _exec(command: list[str]) -> Never:
    os.execv(command[0], command)  # noqa: S606 - becomes the program: no shell, nothing stays
