"""A child process that says where it listens, and ends when its standard input closes."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
READY = "listening on "
START_SECONDS = 60.0
STOP_SECONDS = 15.0


class ChildError(Exception):
    """A part of the demo did not start; the text says which, and where its log is."""


class Child:
    """One of the demo's own programs. However this process ends, the child's input closes and it ends too."""

    def __init__(self, module: str, arguments: Sequence[str], log: Path, secrets: Mapping[str, str]) -> None:
        """Start `python -m module` and wait until it listens.

        Args:
            module: a package of this project.
            arguments: of its command line; no secrets.
            log: what it says goes here.
            secrets: variables of its environment alone.

        Raises:
            ChildError: it ended, or did not say in time where it listens.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        self._name = module
        self._log = log
        self._ready = threading.Event()
        self.url = ""
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, "--die-with-parent", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                env={**os.environ, "PYTHONPATH": str(ROOT), **secrets},
                # Ctrl-C on the terminal is for the parent, which ends its children in order.
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, name=f"{module}-output", daemon=True)
        self._reader.start()
        if not self._ready.wait(START_SECONDS) or not self.url:
            self.stop()
            raise ChildError(f"{module} did not start; see {log}")

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def stop(self) -> None:
        """End it: politely, and by force when that takes too long."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _read(self) -> None:
        output = self._process.stdout
        if output is None:
            raise ChildError(f"{self._name} has no output")
        with output, self._log.open("ab") as log:
            self._copy(output, log)
        self._ready.set()

    def _copy(self, output: IO[bytes], log: IO[bytes]) -> None:
        for line in output:
            text = line.decode("utf-8", "replace").strip()
            if not self.url and text.startswith(READY):
                self.url = text.removeprefix(READY)
                self._ready.set()
            log.write(line)
            log.flush()
