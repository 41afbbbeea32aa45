"""Which release an installation goes to, decided from what is believed and installed and nothing else.

The newest that may be had is taken; whoever is not in a release's stage goes to the newest that is out for
all. What is paused or disabled is offered to nobody, however it is asked for.

Example:
    >>> 0 <= bucket("a salt of it", "an installation") < BUCKETS
    True
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from update_manifest.catalogue import Catalogue
from update_manifest.errors import UpdateReason
from update_manifest.manifest import version_key
from update_manifest.releases import Delta, Release

BUCKETS = 10_000
_PER_PERCENT = BUCKETS // 100


@dataclass(frozen=True)
class Installed:
    """What is installed.

    Attributes:
        tree_sha256: of its bundle; what deltas begin from.
        schema: of the agent's records, as they are now.
        install_id: random, made once for each installation; never leaves the computer for this.
    """

    version: str
    build: int
    platform: str
    channel: str
    app_id: str
    tree_sha256: str
    schema: int
    install_id: str


@dataclass(frozen=True)
class Offer:
    """A release to go to.

    Attributes:
        delta: from what is installed, where there is one.
        is_urgent: it closes something dangerous; the person is told so.
        is_back: it is an earlier version, because the installed one was withdrawn.
    """

    release: Release
    delta: Delta | None
    is_urgent: bool
    is_back: bool = False


@dataclass(frozen=True)
class Held:
    """There is a newer release, and why it cannot be had now.

    Attributes:
        version: the newest.
    """

    version: str
    reason: UpdateReason


def choose(
    catalogue: Catalogue, installed: Installed, *, by_hand: bool, bad: Collection[str]
) -> Offer | Held | None:
    """Choose where to go from what is installed.

    Args:
        catalogue: what is believed of its channel and platform.
        installed: what is installed.
        by_hand: a person asked for it, so they need not wait for their stage.
        bad: versions that did not start on this computer.

    Returns:
        The offer; why the newest release is held when no release can be had; nothing when there is none.
    """
    urgent = _is_unsafe(catalogue, installed)
    first: Held | None = None
    for release in _later(catalogue, installed):
        is_urgent = urgent or release.critical
        reason = _hindrance(catalogue, installed, release, bad) or _stage(
            catalogue, installed, release, anybody=by_hand or is_urgent
        )
        if reason is None:
            return Offer(release, _delta(release, installed), is_urgent)
        if reason is not UpdateReason.DISABLED:
            first = first or Held(release.version, reason)
    return _way_back(catalogue, installed, bad) or first


def cancelled(catalogue: Catalogue, version: str) -> UpdateReason | None:
    """Tell why a version that is staged here, and not active, must not become active; nothing when it may."""
    release = catalogue.find(version)
    if version in catalogue.disabled():
        return UpdateReason.DISABLED
    if release is None:
        return UpdateReason.WITHDRAWN
    return UpdateReason.HELD_BACK if _is_paused(catalogue, release) else None


def bucket(salt: str, install_id: str) -> int:
    """Return an installation's place in a release's roll-out, below `BUCKETS`; another for each salt."""
    return int(hashlib.sha256(f"{salt}{install_id}".encode()).hexdigest()[:8], 16) % BUCKETS


def _is_unsafe(catalogue: Catalogue, installed: Installed) -> bool:
    safe = catalogue.releases.min_safe
    return safe is not None and version_key(installed.version) < version_key(safe)


def _ours(catalogue: Catalogue, installed: Installed) -> Iterator[Release]:
    """Pass over what is for others; the client refused such a list already."""
    ours = (installed.app_id, installed.channel, installed.platform)
    return (one for one in catalogue.releases.releases if (one.app_id, one.channel, one.platform) == ours)


def _later(catalogue: Catalogue, installed: Installed) -> Iterator[Release]:
    """Return later releases, newest first; later both by version and by build."""
    here = version_key(installed.version)
    return (
        one
        for one in _ours(catalogue, installed)
        if version_key(one.version) > here and one.build > installed.build
    )


def _hindrance(
    catalogue: Catalogue, installed: Installed, release: Release, bad: Collection[str]
) -> UpdateReason | None:
    """Return what stands against a release, whoever asks for it."""
    if release.version in catalogue.disabled():
        return UpdateReason.DISABLED
    if _is_paused(catalogue, release):
        return UpdateReason.HELD_BACK
    if release.version in bad:
        return UpdateReason.FAILED_HERE
    if release.min_from is not None and version_key(installed.version) < version_key(release.min_from):
        return UpdateReason.STEP_MISSING
    if not release.schema_min <= installed.schema <= release.schema_max:
        return UpdateReason.RECORDS_DIFFER
    return None


def _is_paused(catalogue: Catalogue, release: Release) -> bool:
    stage = catalogue.exposure.builds.get(str(release.build))
    return release.version in catalogue.halt.paused or (stage is not None and stage.pause)


def _stage(
    catalogue: Catalogue, installed: Installed, release: Release, *, anybody: bool
) -> UpdateReason | None:
    """Return whether it is this installation's turn; a build without a stage is nobody's yet."""
    stage = catalogue.exposure.builds.get(str(release.build))
    if stage is None:
        return UpdateReason.NOT_YOUR_TURN
    is_turn = bucket(stage.salt, installed.install_id) < stage.percent * _PER_PERCENT
    return None if anybody or is_turn else UpdateReason.NOT_YOUR_TURN


def _way_back(catalogue: Catalogue, installed: Installed, bad: Collection[str]) -> Offer | None:
    """Return the newest earlier release that the installed version, when it was withdrawn, may go back to."""
    if installed.version not in catalogue.disabled():
        return None
    for release in _ours(catalogue, installed):
        is_earlier = version_key(release.version) < version_key(installed.version)
        if not is_earlier or installed.version not in release.allow_downgrade_from:
            continue
        if _hindrance(catalogue, installed, release, bad) is None:
            return Offer(release, _delta(release, installed), is_urgent=True, is_back=True)
    return None


def _delta(release: Release, installed: Installed) -> Delta | None:
    return next((one for one in release.deltas if one.from_tree == installed.tree_sha256), None)
