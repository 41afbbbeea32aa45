"""Steps that one person takes alone: turning the roll-out (key of `exposure`), stopping it (`halt`).

Neither can offer anybody what release managers did not sign.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from update_manifest.manifest import version_key
from update_manifest.release import lists
from update_manifest.release.change import Change
from update_manifest.release.duties import EXPOSURE, HALT, TARGETS
from update_manifest.release.errors import NotDoneError
from update_manifest.release.opening import opened
from update_manifest.release.repository import Repository, exposure_path, halt_path, is_list, list_path

SALT_BYTES = 8


@dataclass(frozen=True)
class Where:
    """What a step is about.

    Attributes:
        platforms: none means all of the channel.
    """

    channel: str
    platforms: tuple[str, ...] = ()


def places(repository: Repository, where: Where) -> tuple[str, ...]:
    """Return the platforms that a step is about.

    Raises:
        NotDoneError: there is no list for one of them.
    """
    there = [
        path.removesuffix(".json").split("/")[1]
        for path in sorted(repository.role(TARGETS).signed.targets)
        if is_list(path) and path.startswith(f"{where.channel}/")
    ]
    wanted = where.platforms or tuple(there)
    unknown = set(wanted) - set(there)
    if unknown or not wanted:
        raise NotDoneError(
            f"the channel {where.channel} has no list for {', '.join(sorted(unknown)) or 'anybody'}"
        )
    return wanted


def rollout(
    repository: Repository, version: str | None, where: Where, percent: float, now: datetime
) -> Change:
    """Return a change that offers a release to so many of the installations.

    Args:
        repository: the published one.
        version: which release; without it the newest.
        where: of which channel and platforms.
        percent: 0 to 100.
        now: from when the feed is believed.

    Raises:
        NotDoneError: no such release.
    """

    def turn(stage: dict[str, Any] | None) -> dict[str, Any]:
        salt = (stage or {}).get("salt") or secrets.token_hex(SALT_BYTES)
        return {"percent": percent, "salt": salt, "pause": bool((stage or {}).get("pause", False))}

    return _stages(repository, version, where, turn, now, words=f"{percent:g} %")


def pause(
    repository: Repository, version: str | None, where: Where, now: datetime, *, on: bool = True
) -> Change:
    """Return a change in which a release is offered to nobody for now, or again as before.

    Raises:
        NotDoneError: no such release, or it is not rolled out to anybody.
    """

    def turn(stage: dict[str, Any] | None) -> dict[str, Any]:
        if stage is None:
            raise NotDoneError("it is offered to nobody yet; there is nothing to pause")
        return {**stage, "pause": on}

    return _stages(repository, version, where, turn, now, words="paused" if on else "goes on")


def mirrors(repository: Repository, where: Where, addresses: Iterable[str], now: datetime) -> Change:
    """Return a change of where artifacts are looked for first."""
    change = opened(repository, f"mirrors of {where.channel}", (EXPOSURE,), now)
    for platform in places(repository, where):
        path = exposure_path(where.channel, platform)
        change.put(path, {**json.loads(change.files[path]), "mirrors": list(addresses)})
    return change


def halt(repository: Repository, versions: Iterable[str], channel: str, kind: str, now: datetime) -> Change:
    """Return a change that stops versions of a channel on all platforms, or takes that back.

    Args:
        repository: the published one.
        versions: of which versions; none only makes the file last longer.
        channel: of which channel.
        kind: `paused`, `disabled` or `lifted`.
        now: from when the file is believed.

    Raises:
        NotDoneError: no such channel, or nobody knows such a version.
    """
    versions = tuple(versions)
    known = {one["version"] for content in _of(repository, channel).values() for one in content["releases"]}
    change = opened(repository, f"{' '.join(versions)} {kind}", (HALT,), now)
    path = halt_path(channel)
    before = json.loads(change.files[path])
    unknown = set(versions) - known - set(before["paused"]) - set(before["disabled"])
    if unknown:
        raise NotDoneError(f"the channel {channel} has no {', '.join(sorted(unknown))}")
    after = {name: set(before[name]) - set(versions) for name in ("paused", "disabled")}
    if kind in after:
        after[kind] |= set(versions)
    change.put(path, {**before, **{name: sorted(them, key=version_key) for name, them in after.items()}})
    return change


def disable(
    repository: Repository,
    versions: Iterable[str],
    where: Where,
    now: datetime,
    *,
    min_safe: str | None = None,
) -> Change:
    """Return a draft for release managers in which nobody may go to these versions.

    Raises:
        NotDoneError: nobody knows such a version.
    """
    versions = tuple(versions)
    change = opened(repository, f"{' '.join(versions)} disabled", (TARGETS,), now)
    touched = 0
    for platform in places(repository, where):
        path = list_path(where.channel, platform)
        content = json.loads(change.files[path])
        found = [version for version in versions if lists.find(content, version)]
        if found or (min_safe and content["releases"]):
            content = lists.with_disabled(content, found)
            change.put(path, lists.with_min_safe(content, min_safe) if min_safe else content)
            touched += 1
    if not touched:
        raise NotDoneError(f"the channel {where.channel} has no {', '.join(versions)}")
    return change


def _stages(
    repository: Repository,
    version: str | None,
    where: Where,
    turn: Callable[[dict[str, Any] | None], dict[str, Any]],
    now: datetime,
    *,
    words: str,
) -> Change:
    """Change the stage of one version in the feeds of a channel."""
    change = opened(repository, f"{version or 'the newest'}: {words}", (EXPOSURE,), now)
    touched = 0
    for platform in places(repository, where):
        content = _of(repository, where.channel)[platform]
        release = lists.find(content, version) if version else next(iter(content["releases"]), None)
        if release is None:
            if where.platforms:
                raise NotDoneError(f"{where.channel}/{platform} has no release {version or ''}".rstrip())
            continue
        path = exposure_path(where.channel, platform)
        feed = json.loads(change.files[path])
        listed = {str(one["build"]) for one in content["releases"]}
        builds = {build: stage for build, stage in feed["builds"].items() if build in listed}
        build = str(release["build"])
        change.put(path, {**feed, "builds": {**builds, build: turn(builds.get(build))}})
        touched += 1
    if not touched:
        raise NotDoneError(f"the channel {where.channel} has no release {version or ''}".rstrip())
    return change


def _of(repository: Repository, channel: str) -> Mapping[str, dict[str, Any]]:
    """Return platform -> list of a channel."""
    found = {
        path.removesuffix(".json").split("/")[1]: content
        for path, content in repository.lists().items()
        if path.startswith(f"{channel}/")
    }
    if not found:
        raise NotDoneError(f"there is no channel {channel}")
    return found
