"""Joins the updater to the installation that runs: what it needs is loaded here, seconds after the window."""

import os
import random
import sys
from datetime import datetime
from pathlib import Path

from agent_core.ports import RestartWhen, UpdateState, UpdateStatus
from agent_core.settings import config_file
from agent_core.store.begin_anew import FILE_NAME
from agent_core.store.schema import MIGRATIONS
from desktop.install.places import Places
from desktop.install.state import PersonFiles
from desktop.install.writable import is_writable
from desktop.updater.chart import state_after
from desktop.updater.here import InstallationHere
from desktop.updater.settings import UpdaterSettings, load
from desktop.updater.source import PublishedReleases, read_trust
from desktop.updater.updater import Program, Updater
from update_manifest.build_info import BuildInfo

KNOWN = "update-lists"
"""The folder of what is believed, in the person's own data where the installation is not theirs."""


def join_updater(places: Places, build: BuildInfo, trust: Path, data_dir: Path, program: Program) -> Updater:
    """Make the updater of an installation that is not on probation; nothing runs yet.

    Args:
        places: of the installation.
        build: which one runs.
        trust: the folder of the root and the addresses that the build carries.
        data_dir: the agent's own folder.
        program: is restarted.

    Raises:
        UpdateError: what the build carries cannot be read.
        SettingsError: the environment does not say where the person's home is.
        OSError: the disk would not have the settings.
    """
    settings = load(data_dir)
    # What an update must not harm: the launcher saves both before the new version's first start.
    person = PersonFiles(str(data_dir / FILE_NAME), str(config_file(sys.platform, os.environ)))
    here = InstallationHere(places, build, settings, person, schema=lambda: len(MIGRATIONS))
    own = is_writable(places)
    source = PublishedReleases(
        read_trust(trust),
        places.tuf if own else data_dir / KNOWN,
        places.downloads,
        channel=settings.channel or build.channel,
        platform=build.platform,
        clock=now,
    )
    first = first_status(build, here, settings)
    return Updater(source, here, program, first, clock=now, jitter=random.SystemRandom().random)


def first_status(build: BuildInfo, here: InstallationHere, settings: UpdaterSettings) -> UpdateStatus:
    """Return what is known before anybody was asked."""
    ended, pending, staged = here.ended(), here.pending(), here.staged()
    state = state_after(ended, build.version)
    if pending is not None or staged is not None:
        state = UpdateState.PENDING if pending is not None else UpdateState.READY
    return UpdateStatus(
        state,
        build.version,
        build.build,
        settings.channel or build.channel,
        offered=pending or staged,
        reason=ended.reason if ended is not None and state is not UpdateState.IDLE else None,
        restart=RestartWhen.AT_NEXT_START if pending is not None else None,
        ended=ended,
    )


def now() -> datetime:
    """Return this computer's time in its zone."""
    return datetime.now().astimezone()
