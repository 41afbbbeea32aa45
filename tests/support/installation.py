"""A small installation with its repository: real archives, deltas, signatures and states, tiny programs."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent_core.ports import EndedUpdate, RestartWhen, UpdateState, UpdateStatus
from desktop.install.places import Places
from desktop.install.state import PersonFiles
from desktop.install.switch import adopt
from desktop.updater.here import InstallationHere
from desktop.updater.settings import UpdaterSettings
from desktop.updater.source import PublishedReleases, Trust
from desktop.updater.updater import Program, Updater
from tests.support.tuf_repository import CHANNEL, PLATFORM, TufRepository
from update_manifest.build_info import BuildInfo

SCHEMA = 4


def tiny_bundle(folder: Path, version: str, build: int, places: Places, change: str = "") -> Path:
    """Write a bundle whose program says its version."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "app_id": "njordhr",
        "version": version,
        "build": build,
        "platform": PLATFORM,
        "channel": CHANNEL,
        "schema_min": 0,
        "schema_max": SCHEMA,
    }
    (folder / "build.json").write_text(json.dumps(about))
    program = folder / places.program(version).name
    program.write_text(f"#!/bin/sh\necho {version} {change}\n")
    program.chmod(0o755)
    (folder / "library.bin").write_bytes(b"the same in each version\n" * 400)
    return folder


class Office:
    """One installation, of 1.4.1 unless told otherwise, and the repository that it is updated from."""

    def __init__(self, folder: Path, base: str, repository: TufRepository, version: str = "1.4.1") -> None:
        self.folder = folder
        self.repository = repository
        self.places = Places(folder / "njordhr")
        self.now = repository.now.astimezone()
        self.is_downloading = False
        self.restarts: list[RestartWhen] = []
        self.told: list[EndedUpdate] = []
        self.trust = Trust(repository.first_root, f"{base}metadata/", f"{base}targets/")
        own = tiny_bundle(self.places.version(version), version, 1, self.places)
        adopt(self.places, version)
        repository.add_bundle(version, own)
        repository.publish()

    def publish(self, version: str, **members: Any) -> dict[str, Any]:
        """Sign a version and publish it."""
        count = len(self.repository.list_of()["releases"]) + 1
        made = tiny_bundle(self.folder / f"made-{version}", version, count, self.places)
        release = self.repository.add_bundle(version, made, **members)
        self.repository.publish()
        return release

    def again(self, **changes: Any) -> None:
        """Change the exposure or the halt and publish."""
        self.repository.halt.update(changes)
        self.repository.publish()

    def later(self, **by: float) -> None:
        """Let time go by, for the repository too."""
        self.now += timedelta(**by)
        self.repository.now += timedelta(**by)

    def clock(self) -> datetime:
        return self.now

    def installation(self, version: str = "1.4.1", build: int = 1) -> InstallationHere:
        about = BuildInfo(
            app_id="njordhr",
            version=version,
            build=build,
            platform="linux-x86_64",
            channel=CHANNEL,
            schema_min=0,
            schema_max=SCHEMA,
        )
        person = PersonFiles(str(self.folder / "agent.sqlite3"), str(self.folder / "agent.json"))
        settings = UpdaterSettings("ab" * 16)
        return InstallationHere(self.places, about, settings, person, schema=lambda: SCHEMA)

    def updater(self, state: UpdateState = UpdateState.IDLE, **first: Any) -> Updater:
        """Return an updater whose steps a test takes; its thread is not started."""
        source = PublishedReleases(
            self.trust,
            self.places.tuf,
            self.places.downloads,
            channel=CHANNEL,
            platform=PLATFORM,
            clock=self.clock,
        )
        program = Program(lambda: self.is_downloading, self.restarts.append, self.told.append)
        status = UpdateStatus(state, "1.4.1", 1, CHANNEL, **first)
        made = Updater(source, self.installation(), program, status, clock=self.clock, jitter=lambda: 0.5)
        self.later(seconds=30)  # the first look is due
        return made


@contextmanager
def office(folder: Path, version: str = "1.4.1") -> Iterator[Office]:
    """Serve a repository over loopback to one installation."""
    repository = TufRepository()
    with repository.served() as base:
        yield Office(folder, base, repository, version)


def runs(places: Places, version: str) -> bool:
    """Tell whether a version's program is there and may be started."""
    return os.access(places.program(version), os.X_OK)
