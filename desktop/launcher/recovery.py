"""The state anew, where it is lost or damaged: of the journal and of the versions that are there. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.install.journal import Happened
from desktop.install.places import is_version, order_of
from desktop.install.state import InstallState, PersonFiles
from desktop.install.switch import TRIES
from desktop.launcher.decisions import Whole


@dataclass
class _Story:
    """What the journal tells, as far as it can be read."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    pending: str | None = None
    was_tried: bool = False
    person: PersonFiles | None = None


def recover(lines: Sequence[Mapping[str, Any]], whole: Whole) -> InstallState | None:
    """Return a state to go on with; nothing when there is no version to start.

    A version that was being tried is taken back: how often it was tried is lost. Where the journal is lost
    too, the newest goes on probation, for the records may be such that only it can read them.

    Args:
        lines: of the journal, oldest first.
        whole: the versions that could be started.
    """
    if not whole:
        return None
    story = _told(lines)
    known = [version for version in reversed(story.good) if version in whole]
    max_build = max((whole[version].build for version in known), default=0)
    if not known:
        return _unknown(whole, tuple(story.bad))
    pending = story.pending if story.pending != known[0] else None
    return InstallState(
        current=pending if pending and story.was_tried else known[0],
        good=known[0],
        previous=known[1] if len(known) > 1 else None,
        pending=pending,
        tries=TRIES if pending and story.was_tried else 0,
        starts=TRIES if pending and story.was_tried else 0,
        bad=tuple(story.bad),
        max_build=max_build,
        person=story.person,
    )


def _unknown(whole: Whole, bad: tuple[str, ...]) -> InstallState:
    ordered = sorted((v for v in whole if v not in bad), key=order_of, reverse=True) or list(whole)
    if len(ordered) == 1:
        return InstallState(ordered[0], ordered[0], bad=bad)
    return InstallState(ordered[1], ordered[1], pending=ordered[0], bad=bad)


def _told(lines: Sequence[Mapping[str, Any]]) -> _Story:
    story = _Story()
    for line in lines:
        version = line["version"]
        if is_version(version):
            _take(story, line["happened"], version, line)
    return story


def _take(story: _Story, happened: str, version: str, line: Mapping[str, Any]) -> None:
    match happened:
        case Happened.INSTALLED | Happened.COMMITTED | Happened.RECOVERED:
            story.good = [name for name in story.good if name != version] + [version]
            story.bad = [name for name in story.bad if name != version]
            story.pending = None
        case Happened.PENDING:
            story.pending, story.was_tried, story.person = version, False, None
        case Happened.SAVED:
            story.person = _person_of(line)
        case Happened.TRIED:
            story.pending, story.was_tried = version, True
        case Happened.CANCELLED if not story.was_tried:
            story.pending = None
        case Happened.ROLLED_BACK:
            story.bad = [*(name for name in story.bad if name != version), version]
            story.pending = None


def _person_of(line: Mapping[str, Any]) -> PersonFiles | None:
    database, settings = line.get("database"), line.get("settings")
    if not isinstance(database, str) or not isinstance(settings, str):
        return None
    return PersonFiles(database, settings)
