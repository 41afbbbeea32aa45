"""What a client would refuse, or what would leave people without a way on; said before it is published."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from update_manifest.manifest import signed_bytes, version_key
from update_manifest.release import lists, publishers
from update_manifest.release.repository import to_json
from update_manifest.releases import APP_ID, Exposure, Release, ReleaseList, Stage


def of_list(
    path: str,
    new: Mapping[str, Any],
    old: Mapping[str, Any] | None,
    feed: Exposure,
    *,
    unsigned_programs: bool,
) -> tuple[str, ...]:
    """Return what is wrong with a list of releases, each as a sentence.

    Args:
        path: its name, which says channel and platform.
        new: the list.
        old: the one that is published now.
        feed: who is offered what, now.
        unsigned_programs: programs without a code signature of their system were asked for.
    """
    try:
        read = ReleaseList.model_validate_json(to_json(new))
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        return tuple(f"{path}: {place} is not what a client reads" for place in places)
    channel, platform = path.removesuffix(".json").split("/")
    before = old or {"releases": []}
    faults = [*_order(read), *_kept(new, before, feed), *_promises(read), *_unchanged(new, before)]
    trees = {one["tree_sha256"] for source in (new, before) for one in source["releases"]}
    known = {one["version"] for one in before["releases"]}
    for release in read.releases:
        faults += _place(release, channel, platform)
        if release.version not in known:
            faults += _deltas(release, trees)
            faults += _fresh(release, read, before)
            faults += [] if unsigned_programs else _programs(release)
    return tuple(f"{path}: {fault}" for fault in faults)


def of_feed(path: str, new: Exposure, old: Exposure, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a feed of exposure.

    Args:
        path: its name.
        new: the feed.
        old: the one that is published now.
        content: the list of releases that it speaks of.
    """
    builds = {str(one["build"]): one["version"] for one in content["releases"]}
    disabled = set(content.get("disabled", ()))
    faults = []
    for build, stage in new.builds.items():
        if build not in builds:
            faults.append(f"build {build} is not listed")
        elif builds[build] in disabled and stage.percent > _percent(old.builds.get(build)):
            faults.append(f"{builds[build]} is disabled and cannot be offered to more people")
        if build in old.builds and old.builds[build].salt != stage.salt:
            faults.append(f"the salt of build {build} changed: other people would be first in the middle")
        others = [*((b, s) for b, s in new.builds.items()), *old.builds.items()]
        if any(other != build and stage.salt == one.salt for other, one in others):
            faults.append(f"build {build} has the salt of another: the same people would go first again")
    faults += [
        f"the mirror {mirror} is no https address that ends in /"
        for mirror in new.mirrors
        if not _mirror(mirror)
    ]
    return tuple(f"{path}: {fault}" for fault in faults)


def _percent(stage: Stage | None) -> float:
    return stage.percent if stage else 0.0


def _mirror(address: str) -> bool:
    return address.startswith("https://") and address.endswith("/")


def _order(read: ReleaseList) -> Iterator[str]:
    pairs = list(zip(read.releases, read.releases[1:], strict=False))
    for newer, older in pairs:
        if version_key(newer.version) <= version_key(older.version) or newer.build <= older.build:
            yield f"{_named(newer)} does not come after {_named(older)}"


def _named(release: Release) -> str:
    return f"{release.version} (build {release.build})"


def _kept(new: Mapping[str, Any], before: Mapping[str, Any], feed: Exposure) -> Iterator[str]:
    version = lists.full(before, feed)
    if version and lists.find(new, version) is None and version not in new.get("disabled", ()):
        yield f"{version} is out for everybody and is missing; people outside the stage would get nothing"


def _promises(read: ReleaseList) -> Iterator[str]:
    offered = [one.version for one in read.releases if one.version not in read.disabled]
    if read.min_safe and not any(version_key(one) >= version_key(read.min_safe) for one in offered):
        yield f"min_safe is {read.min_safe}, and no release that is offered is that new"


def _unchanged(new: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    for release in new["releases"]:
        same = lists.find(before, release["version"])
        if same is not None and signed_bytes(same) != signed_bytes(release):
            yield f"{release['version']} is published already and is another one here; take a new version"
    if set(before.get("disabled", ())) - set(new.get("disabled", ())):
        yield "a version that is disabled would be offered again; make a new version of it"


def _place(release: Release, channel: str, platform: str) -> Iterator[str]:
    if release.app_id != APP_ID:
        yield f"{release.version} is of another program ({release.app_id})"
    if release.platform != platform:
        yield f"{release.version} is for {release.platform}"
    if release.channel != channel:
        yield f"{release.version} is of the channel {release.channel}"
    if release.url != f"artifacts/{release.sha256}.tar.zst":
        yield f"{release.version} is not named by its hash"


def _deltas(release: Release, trees: set[str]) -> Iterator[str]:
    for delta in release.deltas:
        if delta.from_tree == release.tree_sha256 or delta.from_tree not in trees:
            yield f"a delta of {release.version} starts from a bundle that is not listed"
        if delta.url != f"artifacts/{delta.sha256}.delta":
            yield f"a delta of {release.version} is not named by its hash"


def _fresh(release: Release, read: ReleaseList, before: Mapping[str, Any]) -> Iterator[str]:
    """Look at a release that was not published before."""
    back = set(release.allow_downgrade_from)
    for old in before["releases"]:
        if release.build <= old["build"] and old["version"] not in back:
            yield f"{_named(release)} comes after build {old['build']}, of {old['version']}; count on"
        if release.schema_max < old["schema_max"] and old["version"] not in back:
            yield (
                f"{release.version} cannot read the records that {old['version']} leaves "
                f"(schema {release.schema_max} after {old['schema_max']}); say so with allow_downgrade_from"
            )
    if release.schema_min > release.schema_max:
        yield f"{release.version} reads no schema at all"
    if release.version in read.disabled:
        yield f"{release.version} is disabled already"
    if release.min_from and version_key(release.min_from) >= version_key(release.version):
        yield f"nobody could go to {release.version}: it wants at least {release.min_from}"
    try:
        utc = release.released.endswith("Z") and datetime.fromisoformat(release.released)
    except ValueError:
        utc = False
    if not utc:
        yield f"{release.version} was released at no time: {release.released}"


def _programs(release: Release) -> Iterator[str]:
    fault = publishers.fault(release.platform, release.version, release.codesign)
    if fault is not None:
        yield fault
