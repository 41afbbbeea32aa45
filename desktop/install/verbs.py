"""What installers call the installed program for: ``--installed``, ``--uninstalling``, ``--end-running``.

They show no window. What people are to read goes to the standard output and into the file after ``--words``,
for an installer of Windows hears nothing that a program without a console says.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent_core.autostart.systems import system_autostart
from agent_core.data_dir import default_data_dir
from agent_core.errors import SettingsError
from agent_core.keychain import open_secrets
from agent_core.options import service_name
from agent_core.ports import AutoStart
from agent_core.settings import AgentSettings, SettingsFile, config_file
from desktop.install.after_install import Computer, Wishes, after_install
from desktop.install.before_uninstall import DONE, STILL_RUNNING, Person, before_uninstall
from desktop.install.connection import Place, connection_words
from desktop.install.person_records import forget_secrets
from desktop.install.places import Places, default_root, root_of_program
from desktop.install.running import end_running
from update_manifest.build_info import resources_of

UPDATES_FILE = "trust/updates.json"
INSTALLED, UNINSTALLING, END_RUNNING = "--installed", "--uninstalling", "--end-running"

Answer = tuple[int, list[str]]


def main(arguments: Sequence[str], version: str, at_login: Sequence[str]) -> int:
    """Do what an installer calls for.

    Args:
        arguments: of the command line; the first one is the verb.
        version: of this program.
        at_login: the command line that starts it at login.

    Returns:
        The exit code: 0, 2 when it could not be done, 3 when a newer version is installed, 4 when the program
        is open and could not be closed.
    """
    asked = _parser().parse_args(arguments[1:])
    root = root_of_program(Path(sys.executable), sys.platform)
    places = Places(root or Path(default_root(sys.platform, os.environ)))
    updates = announced_at(resources_of(Path(sys.executable)) / UPDATES_FILE)
    build = _Build(version, updates, system_autostart(at_login))
    code, said = _VERBS[arguments[0]](places, asked, build)
    _say(said, asked.words)
    return code


def announced_at(updates: Path) -> Place | None:
    """Return where new versions are announced; nothing for a build that does not update itself."""
    try:
        url = json.loads(updates.read_text(encoding="utf-8"))["metadata_url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Place("the place for new versions", f"{url}timestamp.json")


@dataclass(frozen=True)
class _Build:
    version: str
    updates: Place | None
    auto_start: AutoStart


def _installed(places: Places, asked: argparse.Namespace, build: _Build) -> Answer:
    settings = Path(config_file(sys.platform, os.environ))
    computer = Computer(settings, build.auto_start, build.updates, connection_words)
    wishes = Wishes(asked.cloud, start_at_login=not asked.no_start_at_login)
    return after_install(places, build.version, wishes, computer)


def _uninstalling(places: Places, asked: argparse.Namespace, build: _Build) -> Answer:
    person = _person(Path(config_file(sys.platform, os.environ)))
    return before_uninstall(
        lambda: end_running(places.root), build.auto_start, person, records=asked.remove_records
    )


def _end_running(places: Places, _: argparse.Namespace, __: _Build) -> Answer:
    if end_running(places.root):
        return DONE, ["NjordHR is not open any more."]
    return STILL_RUNNING, ["NjordHR is open and could not be closed. Quit it, then try again."]


_VERBS: Mapping[str, Callable[[Places, argparse.Namespace, _Build], Answer]] = {
    INSTALLED: _installed,
    UNINSTALLING: _uninstalling,
    END_RUNNING: _end_running,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="njordhr", description="For installers.")
    parser.add_argument("--cloud", default="", help="the office's address")
    parser.add_argument("--no-start-at-login", action="store_true")
    parser.add_argument("--remove-records", action="store_true", help="settings, records and logins go too")
    parser.add_argument("--words", type=Path, help="a file for what people are to read")
    return parser


def _person(settings: Path) -> Person:
    try:
        known = SettingsFile(settings).current
    except SettingsError:
        known = AgentSettings()
    resumes = Path(known.download_folder) if known.download_folder else None
    folders = [default_data_dir(), settings.parent]
    service, username = service_name(settings), known.portal.username
    return Person(folders, resumes, lambda: forget_secrets(open_secrets(service), username))


def _say(said: Sequence[str], file: Path | None) -> None:
    if sys.stdout is not None:  # a program of Windows without a console has none
        sys.stdout.write("\n".join([*said, ""]))
    if file is not None:
        file.write_text("\n".join([*said, ""]), encoding="ascii", errors="replace")
