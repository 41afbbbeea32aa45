"""What release managers do to a list of releases; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from update_manifest.manifest import version_key
from update_manifest.release.errors import NotDoneError
from update_manifest.releases import Exposure

EVERYBODY = 100
KEEP = 4
"""So many of the newest releases stay listed: some computers were off for a while."""


def with_release(
    content: Mapping[str, Any], release: Mapping[str, Any], feed: Exposure, keep: int
) -> dict[str, Any]:
    """Return a list with one more release, and without old ones that nobody is offered any more.

    Args:
        content: the list now.
        release: the new one; it stands where its version belongs.
        feed: who is offered what, now.
        keep: how many of the newest stay; the newest that is out at 100 % stays in any case.

    Raises:
        NotDoneError: its version or build is there already.
    """
    for one in content["releases"]:
        if one["version"] == release["version"] or one["build"] == release["build"]:
            raise NotDoneError(
                f"there is a release {one['version']} (build {one['build']}) already; "
                "a release is never changed: take a new version and a new build"
            )
    later = {v for v in release.get("allow_downgrade_from", ()) if is_later(v, release["version"])}
    left = [one for one in content["releases"] if one["version"] not in later]
    releases = sorted([*left, dict(release)], key=lambda one: version_key(one["version"]), reverse=True)
    kept = {one["version"] for one in releases[:keep]} | {release["version"]}
    kept |= {version for version in [full(content, feed)] if version}
    return {
        **content,
        "releases": [one for one in releases if one["version"] in kept],
        "disabled": sorted({*content.get("disabled", ()), *later}, key=version_key),
    }


def with_disabled(content: Mapping[str, Any], versions: Iterable[str]) -> dict[str, Any]:
    """Return a list in which nobody may go to these versions; it stays listed, so that others see why."""
    disabled = {*content.get("disabled", ()), *versions}
    return {**content, "disabled": sorted(disabled, key=version_key)}


def with_min_safe(content: Mapping[str, Any], version: str) -> dict[str, Any]:
    """Return a list that tells whoever has an earlier version to update at once."""
    return {**content, "min_safe": version}


def full(content: Mapping[str, Any], feed: Exposure) -> str | None:
    """Return the newest version that is out for everybody and not disabled."""
    disabled = set(content.get("disabled", ()))
    for release in content["releases"]:
        stage = feed.builds.get(str(release["build"]))
        if stage and stage.percent >= EVERYBODY and not stage.pause and release["version"] not in disabled:
            return str(release["version"])
    return None


def is_later(version: str, other: str) -> bool:
    """Tell whether a version is later than another."""
    return version_key(version) > version_key(other)


def find(content: Mapping[str, Any], version: str) -> dict[str, Any] | None:
    """Return the release of a version."""
    return next((one for one in content["releases"] if one["version"] == version), None)
