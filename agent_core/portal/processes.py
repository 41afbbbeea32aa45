"""The processes of a browser: recorded when they start, ended all together, and nobody else's touched.

A record is a file in the profile root. It says whose browser it is (the agent's process, by id and start
time) and which profile it uses; every process of it carries that profile in its command line, or is a
child of one that does.
"""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from agent_core.errors import PortalSessionError
from agent_core.portal.programs import PROFILE_MARK, driver_command
from protocol.reasons import Reason

START_SECONDS = 20.0
_END_SECONDS = 3.0
_POLL_SECONDS = 0.01
_TRIES = 3
_READY = re.compile(r"started successfully on port (\d+)\b")


@dataclass(frozen=True)
class BrowserRecord:
    """A browser that was started.

    Attributes:
        owner_pid: the agent's process, with its start time, because ids are used again.
        profile: the folder that all its processes name in their command line.
        started_at: seconds since 1970; no process of it is older.
    """

    owner_pid: int
    owner_started: float
    profile: str
    started_at: float

    @property
    def is_orphaned(self) -> bool:
        """Whether the agent that started it is no longer there, or dead and only not yet forgotten."""
        try:
            owner = psutil.Process(self.owner_pid)
            if owner.status() == psutil.STATUS_ZOMBIE:
                return True
            return abs(owner.create_time() - self.owner_started) > 1
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False


@dataclass(frozen=True)
class Driver:
    """A driver that runs and listens.

    Attributes:
        address: of its server on this computer.
    """

    process: "subprocess.Popen[bytes]"
    address: str
    record: BrowserRecord
    record_file: Path

    @property
    def profile(self) -> Path:
        """The browser's profile, which nothing else uses."""
        return Path(self.record.profile)


def start_driver(driver: str, profile_root: Path, env: Mapping[str, str]) -> Driver:
    """Start a driver with a new profile in a process group of its own; recorded before it starts.

    A driver chooses its port for one family of addresses and ends itself when the same port of the other one
    is taken, so that one which ended at once is started again.

    Raises:
        PortalSessionError: it did not start.
    """
    for _ in range(_TRIES - 1):
        with contextlib.suppress(_EndedItselfError):
            return _start_once(driver, profile_root, env)
    return _start_once(driver, profile_root, env)


class _EndedItselfError(PortalSessionError):
    """The driver was there and went."""


def _start_once(driver: str, profile_root: Path, env: Mapping[str, str]) -> Driver:
    name = uuid.uuid4().hex
    profile = profile_root / f"profile-{name}"
    profile.mkdir(mode=0o700, parents=True)
    me = psutil.Process()
    record = BrowserRecord(me.pid, me.create_time(), str(profile), time.time())
    record_file = profile_root / f"browser-{name}.json"
    record_file.write_text(json.dumps(asdict(record)), encoding="utf-8")
    try:
        output = profile / "driver.out"
        process = _spawn(driver_command(driver, profile), env, output)
        return Driver(process, f"http://127.0.0.1:{_port(process, output)}", record, record_file)
    except OSError as error:
        end_browser(record, record_file)
        raise PortalSessionError(Reason.BROWSER_START, type(error).__name__) from error
    except PortalSessionError:
        end_browser(record, record_file)
        raise


def stop_driver(driver: Driver) -> None:
    """End the driver and the browser that it started, and forget them."""
    ending = list(_processes_of(driver.record))
    driver.process.kill()
    driver.process.wait(timeout=_END_SECONDS)  # our own child, so nobody else may wait for it
    _end(ending)
    end_browser(driver.record, driver.record_file)


def end_browser(record: BrowserRecord, record_file: Path) -> None:
    """End every process of this browser, then remove its profile and its record."""
    _end(list(_processes_of(record)))
    shutil.rmtree(record.profile, ignore_errors=True)
    if not Path(record.profile).exists():  # else the next start tries again
        record_file.unlink(missing_ok=True)


def read_record(record_file: Path) -> BrowserRecord | None:
    """Read a record; nothing when the file does not hold one of a profile beside it."""
    try:
        raw = json.loads(record_file.read_text(encoding="utf-8"))
        record = BrowserRecord(
            int(raw["owner_pid"]), float(raw["owner_started"]), str(raw["profile"]), float(raw["started_at"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    expected = record_file.parent / f"profile-{record_file.stem.removeprefix('browser-')}"
    return record if Path(record.profile) == expected else None


def _end(processes: Sequence[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    deadline = time.monotonic() + _END_SECONDS
    while time.monotonic() < deadline and any(map(_is_alive, processes)):
        time.sleep(_POLL_SECONDS)


def _is_alive(process: psutil.Process) -> bool:
    """Tell whether it still runs; one that only waits to be forgotten by its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _processes_of(record: BrowserRecord) -> Iterator[psutil.Process]:
    user = psutil.Process().username()
    marks = {f"--user-data-dir={record.profile}", f"{PROFILE_MARK}{record.profile}"}
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            is_newer = process.create_time() >= record.started_at - 1
            if is_newer and not marks.isdisjoint(process.cmdline()) and process.username() == user:
                found[process.pid] = process
                found |= {child.pid: child for child in process.children(recursive=True)}
    yield from found.values()


def _spawn(command: Sequence[str], env: Mapping[str, str], output: Path) -> "subprocess.Popen[bytes]":
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    with output.open("wb") as stdout:  # a file, because nobody would empty a pipe
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            env=dict(env),
            **apart,
        )


def _port(process: "subprocess.Popen[bytes]", output: Path) -> int:
    """Wait for the line in which the driver says where it listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        match = _READY.search(output.read_text(encoding="utf-8", errors="replace"))
        if match:
            return int(match[1])
        time.sleep(_POLL_SECONDS)
    if process.poll() is not None:
        raise _EndedItselfError(Reason.BROWSER_START, "the driver ended itself")
    raise PortalSessionError(Reason.BROWSER_START, "the driver does not listen")
