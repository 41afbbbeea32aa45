"""A recruiter's computer: what survives a crash, and the agent that runs on it, joined from its real parts.

The records are the agent's own SQLite file, in memory if the system has such a folder. A witness, written by
triggers in the same transactions, knows what was recorded whatever the code does with it later.
"""

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from agent_core import settings as settings_files
from agent_core.cloud.commands import CommandThread
from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.heartbeat import HeartbeatThread
from agent_core.cloud.http import CloudHttp
from agent_core.cloud.pairing import Pairing
from agent_core.cloud.sealing import SealingKey
from agent_core.downloads.run import run_job
from agent_core.keychain import MemorySecrets
from agent_core.outbox.identity import Identity
from agent_core.outbox.relay import Relay, Switches
from agent_core.outbox.uploader import Uploader
from agent_core.outbox.wanted_uploads import WantedUploads
from agent_core.outbox.worker import RelayWorker
from agent_core.ports import BrowserReport
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.office import OfficeCommands
from agent_core.runtime.portal_owner import PortalOwner
from agent_core.settings import SettingsFile
from agent_core.store.connection import Records, _store_error
from agent_core.store.database import AgentStore
from agent_core.store.process_lock import ProcessLock
from protocol.devices import Heartbeat
from tests.simulation.network import Line, Network
from tests.simulation.portal import PortalSite, SimulatedBrowser
from tests.simulation.timeline import Signal, SimulatedCommands, SimulatedEvent, SimulatedLock, Timeline
from tests.support.simulated import SimulatedFiles

START = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
FOLDER = Path("/resumes")
_DAWDLES = 0.1

_WITNESS = """
create table witness (
    event_id text primary key, position integer, body text, organisation_id text, resume_id text
) strict;
create trigger witness_recorded after insert on outbox begin
    insert into witness values
        (new.event_id, new.position, new.body, new.organisation_id, new.resume_id);
end;
create trigger witness_joined after update of organisation_id on outbox begin
    update witness set organisation_id = new.organisation_id where event_id = new.event_id;
end;
"""


class Crash(BaseException):
    """The agent's process is gone, at once."""


@cache
def empty_records() -> bytes:
    """Return a new database file, with the witness in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agent.sqlite3"
        store = AgentStore(path, lambda: START)
        store.records._connection.executescript(_WITNESS)
        store.close()
        return path.read_bytes()


class SettingsInMemory:
    """What `agent_core.settings` reads and writes files by: nothing dies in the middle of that here."""

    def __init__(self) -> None:
        self._texts: dict[Path, str] = {}

    def read(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._texts.get(path, "{}"))
        return found

    def write(self, path: Path, raw: Mapping[str, Any]) -> None:
        self._texts[path] = json.dumps(raw)

    def in_place(self) -> AbstractContextManager[object]:
        return patch.multiple(settings_files, _read=self.read, _write=self.write)


class Disk:
    """The folder, the keyring and the clock of a computer: they outlive its agent."""

    def __init__(self, folder: Path, timeline: Timeline) -> None:
        self.timeline = timeline
        self.folder = folder
        self.records = folder / "agent.sqlite3"
        self.records.write_bytes(empty_records())
        self.settings = folder / "agent.json"
        self.secrets = MemorySecrets()
        self.resumes = SimulatedFiles()
        self.clock_is_off_by = timedelta()
        SettingsFile(self.settings).change(
            {"api_base_url": "http://127.0.0.1:1", "download_folder": str(FOLDER)}
        )

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.timeline.now) + self.clock_is_off_by

    @contextlib.contextmanager
    def looked_at(self) -> Iterator[Callable[..., list[sqlite3.Row]]]:
        """Look at what is on the disk, by queries and their parameters, whatever the agent believes."""
        with contextlib.closing(sqlite3.connect(self.records)) as connection:
            connection.row_factory = sqlite3.Row
            yield lambda query, *parameters: connection.execute(query, parameters).fetchall()


class WatchedTransactions:
    """The records' transactions, at whose edges others may overtake and the process may die."""

    def __init__(self, records: Records, process: "Process") -> None:
        self._real = records._transactions
        self._process = process

    def run(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        with self.write() as connection:
            return work(connection)

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        self._process.before_a_step()
        with self._real.write() as connection:
            yield connection
            self._process.perhaps_crash("before a commit")
        self._process.perhaps_crash("after a commit")
        self._process.recorded.set()
        self._process.before_a_step()

    def read(self) -> "_Look":
        return _Look(self._process)

    def close(self) -> None:
        self._real.close()


class _Look:
    """A look at one moment: nobody else runs meanwhile, so it needs no transaction of its own."""

    def __init__(self, process: "Process") -> None:
        self._process = process

    def __enter__(self) -> sqlite3.Connection:
        self._process.before_a_step()
        return self._process.store.records._connection

    def __exit__(self, *error: object) -> None:
        if isinstance(error[1], sqlite3.Error):
            raise _store_error(error[1]) from error[1]


class WatchedFiles(SimulatedFiles):
    """The download folder; the process may die after a file is there and before it is recorded."""

    def __init__(self, disk: SimulatedFiles, process: "Process") -> None:
        super().__init__(there=disk.there, written=disk.written)
        self._process = process

    def write(self, folder: Path, relative_path: str, data: bytes) -> Any:
        self._process.perhaps_crash("before a file")
        stored = super().write(folder, relative_path, data)
        self._process.perhaps_crash("after a file")
        return stored


class Process:
    """One run of the agent, from its start to its end or crash."""

    def __init__(self, computer: "Computer", boot: int, crash_in: int) -> None:
        self.disk = computer.disk
        self.boot = boot
        self.is_alive = True
        self.timeline = computer.disk.timeline
        self.recorded = Signal(self.timeline)
        self._computer = computer
        self._crash_in = crash_in
        with contextlib.ExitStack() as ends:
            ends.callback(ProcessLock(self.disk.folder).release)
            self._join(computer, ends)
            self._ends = ends.pop_all()

    def _join(self, computer: "Computer", ends: contextlib.ExitStack) -> None:
        disk, timeline = self.disk, self.timeline
        self.store = AgentStore(disk.records, disk.clock)
        records = self.store.records
        ends.callback(records._connection.close)
        records._connection.execute("pragma synchronous = off")
        records._transactions = WatchedTransactions(records, self)  # type: ignore[assignment]  # a stand-in
        self.settings = SettingsFile(disk.settings)
        line = Line(computer.network, self.boot)
        http = CloudHttp(line, lambda: self.settings.current.api_base_url, disk.clock)  # type: ignore[arg-type]  # a stand-in
        facts = self.store.facts
        self.pairing = Pairing(
            http,
            disk.secrets,
            self.settings,
            read_fact=facts.get,
            write_facts=facts.put,
            belong_to=self.store.belong_to,
            records_belong=self.store.belongs,
        )
        self.pairing._lock = SimulatedLock(timeline)  # type: ignore[assignment]  # a stand-in
        gateway = CloudGateway(http, self.pairing.token)
        self.identity = Identity(self._switches, self.pairing.token)
        self.speaker = CloudGateway(http, self._token)
        files = WatchedFiles(disk.resumes, self)
        self.relay = Relay(
            self.store.outbox,
            self.speaker,
            Uploader(files, self.speaker),
            switches=self.identity.look,
            clock=disk.clock,
            jitter=timeline.chance.random,
            ticks=lambda: timeline.now,
        )
        self.portal = SimulatedBrowser(computer.site, disk.clock)
        logins = PortalLogins(self.settings, disk.secrets)
        self.owner = PortalOwner(
            self.portal,
            files,
            self.store,
            settings=self.settings,
            logins=logins,
            run_job=run_job,
            clock=disk.clock,
            ticks=lambda: timeline.now,
        )
        self.owner._commands = SimulatedCommands(timeline)  # type: ignore[assignment]  # a stand-in
        self._talk(http, gateway, Uploader(files, gateway), logins)
        self.worker = RelayWorker(self.relay.step, lambda: records.commits, self._wait_for_commit)

    def _talk(self, http: CloudHttp, gateway: CloudGateway, uploader: Uploader, logins: PortalLogins) -> None:
        def token() -> str | None:
            return self.pairing.token() if self.settings.current.cloud_sync_enabled else None

        self.heartbeat = HeartbeatThread(
            http,
            token=token,
            describe=lambda: Heartbeat(agent_version="1", platform="simulated"),
            take_uploads=WantedUploads(
                is_allowed=lambda: self.settings.current.cloud_upload_resumes,
                find=self.store.outbox.upload_of,
                upload=uploader.upload,
                done=self.store.outbox.upload_done,
                refuse=gateway.refuse_command,
            ).take,
        )
        self.heartbeat._wake = SimulatedEvent(self.timeline)  # type: ignore[assignment]  # a stand-in
        office = OfficeCommands(
            self.store.commands,
            self.owner,
            self.settings,
            logins,
            BrowserCheck(lambda: BrowserReport("Chromium", "131", "131")),
            open_code=SealingKey(self.disk.secrets).open,
        )
        self.commands = CommandThread(
            http, gateway, token=token, obey=office.obey, jitter=self.timeline.chance.random
        )
        self.commands._wake = SimulatedEvent(self.timeline)  # type: ignore[assignment]  # a stand-in

    def start(self) -> None:
        """Run the agent's own loops."""
        self._tasks = [
            self.timeline.spawn("relay", self.worker._run),
            self.timeline.spawn("portal", self._portal_loop),
            self.timeline.spawn("heartbeat", self.heartbeat._run),
            self.timeline.spawn("commands", self.commands._run),
        ]

    def sending_changed(self) -> None:
        self.relay.begin_anew()
        self.store.records.wake()
        self.recorded.set()
        self.heartbeat.beat_now()
        self.commands.ask_now()

    def before_a_step(self) -> None:
        """Be overtaken, perhaps; a process that is gone does nothing more."""
        if not self.is_alive:
            raise Crash
        self.timeline.pause()
        if not self.is_alive:
            raise Crash

    def perhaps_crash(self, where: str) -> None:
        """Die here if chance said so when the process started."""
        self._crash_in -= 1
        if self._crash_in == 0:
            self.timeline.say(f"agent {self.boot} crashes {where}")
            self.die()
            raise Crash

    def die(self) -> None:
        """Be gone: what is not on the disk is lost. Its tasks end before anything else happens."""
        if self.is_alive:
            self.is_alive = False
            self.timeline.later(0, self._end)

    def _end(self) -> None:
        for task in self._tasks:
            task.kill(Crash)
        self._ends.close()
        self._computer.has_ended(self)

    def _portal_loop(self) -> None:
        self.owner._queue_interrupted()
        self.owner._run()

    def _wait_for_commit(self, seen: int, seconds: float) -> int:
        if self.store.records.commits == seen:
            self.recorded.wait(seconds)
        return self.store.records.commits

    def _token(self) -> str | None:
        self.before_a_step()
        if self.timeline.in_a_task and self.timeline.chance.random() < _DAWDLES:
            self.timeline.sleep(self.timeline.chance.random())  # a system under load, at the worst moment
        return self.identity.token()

    def _switches(self) -> Switches:
        now = self.settings.current
        return Switches(
            send=now.cloud_sync_enabled and self.pairing.token() is not None,
            upload=now.cloud_upload_resumes,
            device_id=now.device_id,
        )


class Computer:
    """The disk and whatever agent runs on it now."""

    def __init__(self, folder: Path, timeline: Timeline, network: Network, site: PortalSite) -> None:
        self.disk = Disk(folder, timeline)
        self.network = network
        self.site = site
        self.process: Process | None = None
        self._boots = 0
        self._started: list[Process] = []

    def start(self, crash_in: int = 0) -> None:
        """Start the agent; it dies at so many-th edge of a step, or not with 0.

        Raises:
            StoreError: another one runs, or is just starting.
        """
        self._boots += 1
        self.disk.timeline.say(f"agent {self._boots} starts")
        self.process = Process(self, self._boots, crash_in)
        self._started.append(self.process)
        self.process.start()

    def power_off(self) -> None:
        """End whatever runs; with a mistake in the code that can be more than one agent."""
        for process in list(self._started):
            process.die()

    def crash(self) -> None:
        if self.process is not None:
            self.disk.timeline.say(f"agent {self.process.boot} is killed")
            self.process.die()

    def has_ended(self, process: Process) -> None:
        self._started.remove(process)
        if self.process is process:
            self.process = None
