"""The checks and the tests, and running them."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from setup_steps import web_ui
from setup_steps.failure import StepError
from setup_steps.places import ROOT, in_venv, with_venv_first
from setup_steps.progress import run_step, say

SUITES = ("journeys", "integration", "faults", "simulation", "tenancy", "architecture", "unit")
"""The folders below `tests`; those with the longest files first, or one worker would have them at the end."""
PARTS = ("lint", "web", *SUITES)
WORKERS = 3
"""One more than the cores of the machine that CI has: many tests wait for a browser or a server."""
READ = "Read the lines above; the same command again checks whether it is mended."


@dataclass(frozen=True)
class Plan:
    """What a test run consists of.

    Attributes:
        paths: what pytest collects; nothing when it does not run.
    """

    lint: bool
    web: bool
    paths: tuple[str, ...]


def plan(parts: Sequence[str]) -> Plan:
    """Decide what runs. Without parts everything does; a part is a name of `PARTS` or a path below `tests`.

    Raises:
        StepError: a part is neither.
    """
    for part in parts:
        if part not in PARTS and not part.startswith("tests"):
            raise StepError(
                f"There is no part of the tests called {part}.", f"There are: {', '.join(PARTS)}, or a path."
            )
    chosen = parts or PARTS
    paths = tuple(
        f"tests/{part}" if part in SUITES else part for part in chosen if part not in ("lint", "web")
    )
    return Plan("lint" in chosen, "web" in chosen, paths)


def run(wanted: Plan, pytest_arguments: Sequence[str]) -> int:
    """Run what was planned, all of it even when something fails.

    Returns:
        The exit code: 0 when all was well.
    """
    steps: list[Callable[[], None]] = []
    if wanted.lint:
        steps += [lint, types, imports, dependencies]
    if wanted.web:
        steps.append(web)
    failures = [failure for step in steps if (failure := _failure_of(step))]
    code = _pytest(wanted.paths, pytest_arguments) if wanted.paths else 0
    for failure in failures:
        say(f"✗ {failure.what}\n  {failure.next_step}")
    return code or (1 if failures else 0)


def lint() -> None:
    """Look for mistakes and for style."""
    run_step("Lint", [in_venv("ruff"), "check", "."], READ)
    run_step("Format", [in_venv("ruff"), "format", "--check", "."], "Format it with: .venv/bin/ruff format .")


def types() -> None:
    """Check the types, strictly."""
    run_step("Types", [in_venv("mypy")], READ)


def imports() -> None:
    """Check that the packages import each other in one direction."""
    run_step("Import contracts", [in_venv("lint-imports")], READ)


def dependencies() -> None:
    """Check that what is imported is declared, and what is declared is imported."""
    run_step("Declared dependencies", [in_venv("deptry"), "."], READ)


def web() -> None:
    """Lint, type-check and test the web UI."""
    web_ui.npm("Web UI check", "run", "check", next_step=READ)


def _failure_of(step: Callable[[], None]) -> StepError | None:
    try:
        step()
    except StepError as failure:
        say(f"✗ {failure.what}")
        return failure
    return None


def _pytest(paths: Sequence[str], arguments: Sequence[str]) -> int:
    """Run pytest with a home of its own and no D-Bus: no test can touch the person's settings or keyring.

    A test that is about the keyring starts a D-Bus session with a keyring of its own.
    """
    there = [path for path in paths if (ROOT / path.split("::")[0]).exists()]
    command: list[str | Path] = [in_venv("python"), "-m", "pytest", "-n", str(WORKERS), "--dist", "loadfile"]
    command += ["--no-loadscope-reorder"]  # files in the order of `SUITES`, not those with few tests last
    command += [*there, *arguments]
    started = time.monotonic()
    say(f"… Tests: {' '.join(there)}")
    with tempfile.TemporaryDirectory(prefix="njordhr-tests-") as home:
        code = subprocess.run(
            [str(part) for part in command], cwd=ROOT, env=_environment(home), check=False
        ).returncode
    say(f"{'✓' if code == 0 else '✗'} Tests ({time.monotonic() - started:.0f} s)")
    return code


def _environment(home: str) -> dict[str, str]:
    own = {
        key: value
        for key, value in with_venv_first().items()
        if not key.startswith(("XDG_", "NJORDHR_", "DBUS_"))
    }
    for name in ("HOME", "USERPROFILE"):
        if name in os.environ:
            own[name] = home
    return own
