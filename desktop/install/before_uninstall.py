"""What is to be undone before an uninstaller removes the files: what runs, the start at login, records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent_core.errors import ComputerError
from agent_core.ports import AutoStart
from desktop.install.person_records import remove_records

DONE = 0
STILL_RUNNING = 4


@dataclass(frozen=True)
class Person:
    """What a person has of NjordHR on this computer.

    Attributes:
        folders: the agent's records and settings.
        resumes: the download folder; nothing when none was chosen.
        forget_secrets: has the keyring forget the logins.
    """

    folders: Sequence[Path]
    resumes: Path | None
    forget_secrets: Callable[[], None]


def before_uninstall(
    end: Callable[[], bool], auto_start: AutoStart, person: Person, *, records: bool
) -> tuple[int, list[str]]:
    """Undo what files alone do not show.

    Args:
        end: ends the program that runs; tells whether nothing runs any more.
        auto_start: how the system is told to start NjordHR.
        person: whose things are here.
        records: whether they go too. The resumes never do.

    Returns:
        The exit code, and sentences for the person.
    """
    if not end():
        return STILL_RUNNING, ["NjordHR is open and could not be closed. Quit it, then try again."]
    said: list[str] = []
    try:
        auto_start.set(False)
    except ComputerError as error:
        said.append(f"{error.reason.sentence} {error.reason.next_step}")
    if not records:
        return DONE, [
            *said,
            "Your settings and records stay for the next time. Your resumes stay where they are.",
        ]
    person.forget_secrets()
    kept = remove_records(person.folders, person.resumes)
    said += [f"This stays: {path}" for path in kept]
    return DONE, [*said, "Your settings, records and logins were removed. Your resumes stay where they are."]
