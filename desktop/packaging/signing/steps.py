"""Steps: commands that say what they are for, and that can be shown instead of done."""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One command.

    Attributes:
        what: what it does, for people.
        command: the program and its arguments; no shell reads them.
        replaces: two files, when the command writes a new one that then takes the place of the old.
    """

    what: str
    command: tuple[str, ...]
    replaces: tuple[Path, Path] | None = None

    def __str__(self) -> str:
        """Return the step as one could type it."""
        line = shlex.join(self.command)
        if self.replaces is None:
            return f"# {self.what}\n{line}"
        return f"# {self.what}\n{line}\nmv {shlex.join(map(str, self.replaces))}"


class SignStepError(Exception):
    """A step could not be done; what came before it stays done."""


def run(steps: Iterable[Step], *, dry_run: bool, say: Callable[[str], None] = print) -> None:
    """Do the steps one after the other, or only say what they are.

    Raises:
        SignStepError: a step failed, or its program is not there.
    """
    for step in steps:
        say(str(step))
        if not dry_run:
            _do(step)


def _do(step: Step) -> None:
    try:
        done = subprocess.run(step.command, capture_output=True, text=True, check=False, env=_quiet())
    except OSError as error:
        raise SignStepError(f"{step.what}: {step.command[0]} cannot be started") from error
    if done.returncode != 0:
        raise SignStepError(f"{step.what}: {(done.stderr or done.stdout).strip()}")
    if step.replaces is not None:
        new, old = step.replaces
        new.replace(old)


def _quiet() -> dict[str, str]:
    """Return an environment in which programs speak English and find nobody to ask."""
    return {**os.environ, "LC_ALL": "C"}
