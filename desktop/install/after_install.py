"""What is left to do once an installer has put a version on the disk, and what the person is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent_core.autostart.systems import refresh
from agent_core.errors import ComputerError, SettingsError
from agent_core.ports import AutoStart
from agent_core.settings import AgentSettings, SettingsFile
from desktop.install.connection import Place
from desktop.install.places import Places, order_of
from desktop.install.state import StateFile, StateUnreadableError
from desktop.install.switch import adopt
from update_manifest.errors import UpdateError

DONE = 0
NOT_DONE = 2
NEWER_IS_THERE = 3


@dataclass(frozen=True)
class Wishes:
    """What the person told the installer.

    Attributes:
        cloud: the office's address, with or without `https://`; empty for none.
        start_at_login: whether NjordHR starts when they log in.
    """

    cloud: str = ""
    start_at_login: bool = True


@dataclass(frozen=True)
class Computer:
    """What of this computer an installation touches.

    Attributes:
        settings: where `agent.json` is.
        auto_start: how the system is told to start NjordHR.
        updates: where new versions are announced; nothing for a build that does not update itself.
        connection: tries places and returns a sentence each.
    """

    settings: Path
    auto_start: AutoStart
    updates: Place | None
    connection: Callable[[Sequence[Place]], list[str]]


def after_install(places: Places, version: str, wishes: Wishes, computer: Computer) -> tuple[int, list[str]]:
    """Have the version start from now on, and set up what is not set up yet.

    A second time, or after an update by an installer, it leaves the person's settings as they are.

    Args:
        places: of the installation.
        version: which was just put there.
        wishes: what the person told the installer.
        computer: what else is touched.

    Returns:
        The exit code, and sentences for the person.
    """
    before = _version_before(places)
    if before is not None and order_of(before) > order_of(version):
        return NEWER_IS_THERE, [
            f"NjordHR {before} is installed already, which is newer than {version}. It was left as it is."
        ]
    try:
        adopt(places, version)
    except UpdateError as error:
        return NOT_DONE, [f"NjordHR {version} could not be made the one that starts ({error.reason.value})."]
    said = [f"NjordHR {version} is installed."]
    said += _set_up(wishes, computer, is_first=before is None)
    return DONE, said


def default_settings(wishes: Wishes) -> dict[str, Any]:
    """Return what `agent.json` says on a computer that had none."""
    settings = AgentSettings(api_base_url=cloud_address(wishes.cloud), auto_start=wishes.start_at_login)
    return settings.model_dump(mode="json", exclude={"portal"})


def cloud_address(given: str) -> str:
    """Return the address that somebody means who may have left out `https://`."""
    return given if not given or "://" in given else f"https://{given}"


def _version_before(places: Places) -> str | None:
    try:
        return StateFile(places.state).read().good
    except StateUnreadableError:
        return None


def _set_up(wishes: Wishes, computer: Computer, *, is_first: bool) -> list[str]:
    said: list[str] = []
    try:
        if not computer.settings.exists():
            SettingsFile(computer.settings).change(default_settings(wishes))
        settings = SettingsFile(computer.settings).current
    except (SettingsError, ValueError) as error:
        reason = (
            error.reason.sentence if isinstance(error, SettingsError) else "The office's address is not one."
        )
        return [f"{reason} You can set NjordHR up when you start it."]
    wanted = settings.auto_start and wishes.start_at_login
    said += _start_at_login(computer.auto_start, wanted=wanted, is_first=is_first)
    offices = [Place("your office's NjordHR", f"{settings.api_base_url}/api/health")]
    known = [*(offices if settings.api_base_url else []), *([computer.updates] if computer.updates else [])]
    return [*said, *computer.connection(known)]


def _start_at_login(auto_start: AutoStart, *, wanted: bool, is_first: bool) -> list[str]:
    """Register the start at login; one that the person took away in the system's settings stays away."""
    try:
        if is_first and wanted:
            auto_start.set(True)
        else:
            refresh(auto_start, wanted)
    except ComputerError as error:
        return [f"{error.reason.sentence} {error.reason.next_step}"]
    return []
