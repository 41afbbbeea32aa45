"""Running a command with a line of progress, its output in a log file. Needs no terminal."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from setup_steps.failure import StepError
from setup_steps.places import ROOT, STATE

SAY_EVERY = 5.0
"""Seconds between two signs of life of a step."""
FIRST_LINES_OF_A_FAILURE = 10
LAST_LINES_OF_A_FAILURE = 30


def say(line: str) -> None:
    """Print a line at once, so that it is seen in a log too."""
    print(line, flush=True)  # noqa: T201 - this is the program's output


def run_step(
    title: str,
    command: Sequence[object],
    next_step: str,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> None:
    """Run a command; say what it is, that it still runs, and how long it took.

    Args:
        title: what is done, for people; its log file is named after it.
        command: the program and its arguments, text or paths.
        next_step: what to do when it does not work.
        env: the environment; this process's own without one.
        cwd: the folder to run in.

    Raises:
        StepError: it could not be started or ended with an error; its output was printed.
    """
    log = STATE / "logs" / f"{'-'.join(title.lower().split())}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    say(f"… {title}")
    with log.open("wb") as output:
        code = _run(title, [str(part) for part in command], output.fileno(), env, cwd)
    seconds = time.monotonic() - started
    if code != 0:
        _show(log)
        where = log.relative_to(ROOT) if log.is_relative_to(ROOT) else log
        raise StepError(f"{title} did not work (exit code {code}; all of its output: {where}).", next_step)
    say(f"✓ {title} ({seconds:.1f} s)")


def _run(title: str, command: list[str], output: int, env: Mapping[str, str] | None, cwd: Path) -> int:
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=env, cwd=cwd
        )
    except OSError as error:
        raise StepError(f"{title}: {command[0]} could not be started ({error.strerror}).", "") from error
    started = time.monotonic()
    try:
        while True:
            try:
                return process.wait(SAY_EVERY)
            except subprocess.TimeoutExpired:
                say(f"  … {title}: {time.monotonic() - started:.0f} s")
    except BaseException:
        process.terminate()
        process.wait()
        raise


def _show(log: Path) -> None:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if len(lines) > FIRST_LINES_OF_A_FAILURE + LAST_LINES_OF_A_FAILURE:
        lines = [*lines[:FIRST_LINES_OF_A_FAILURE], "…", *lines[-LAST_LINES_OF_A_FAILURE:]]
    for line in lines:
        say(f"  | {line}")


def use_plain_text_where_needed() -> None:
    """Make printing work on a terminal or in a log that cannot show every letter."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
