"""Making a release of a bundle: its archive, the deltas to it, and what the list says of it."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from update_manifest import archives
from update_manifest.build_info import FILE, BuildInfo, read_build_info
from update_manifest.errors import UpdateError
from update_manifest.manifest import read_exposure
from update_manifest.release import artifacts, deltas, lists, publishers
from update_manifest.release.change import Change
from update_manifest.release.duties import TARGETS
from update_manifest.release.errors import NotDoneError
from update_manifest.release.opening import EMPTY_EXPOSURE, make_place, opened
from update_manifest.release.repository import Repository, exposure_path, list_path, to_json
from update_manifest.releases import BundleFile, CodeSign, Delta, Release
from update_manifest.trees import tree_sha256

LEVEL = 19
NOBODY = CodeSign()


@dataclass(frozen=True)
class Wishes:
    """What a release manager says of a release; the rest is read from the bundle.

    Attributes:
        notes: what is new, for people.
        keep: how many releases stay listed.
        publishers: of the programs; each system's release says its own.
        unsigned_programs: Windows or macOS programs that nobody signed were asked for.
        level: how hard `zstd` tries.
    """

    notes: str = ""
    critical: bool = False
    min_from: str | None = None
    min_safe: str | None = None
    allow_downgrade_from: tuple[str, ...] = ()
    publishers: CodeSign = NOBODY
    unsigned_programs: bool = False
    keep: int = lists.KEEP
    level: int = LEVEL


def assemble(
    repository: Repository, bundles: Sequence[Path], wishes: Wishes, into: Path, now: datetime
) -> Change:
    """Return a change that brings a release of each bundle; its artifacts are in `into` when this returns.

    Raises:
        NotDoneError: a bundle does not say what it is, nobody signed its programs, or its version is
            published already.
        OSError: a file cannot be read or written.
    """
    builds = {bundle: _build(bundle) for bundle in bundles}
    _check_publishers(builds.values(), wishes)
    versions = sorted({build.version for build in builds.values()})
    what = f"release {', '.join(versions)} for {', '.join(build.platform for build in builds.values())}"
    change = opened(repository, what, (TARGETS,), now, unsigned_programs=wishes.unsigned_programs)
    change.artifacts = into / "artifacts"
    change.artifacts.mkdir(parents=True)
    try:
        for bundle, build in builds.items():
            make_place(change, repository, build.channel, build.platform, now)
            _add(_Making(repository, change, change.artifacts, wishes, now), bundle, build)
    except BaseException:
        shutil.rmtree(into)  # half a draft is in the way of the next try
        raise
    return change


@dataclass(frozen=True)
class _Making:
    """What is needed for each bundle."""

    repository: Repository
    change: Change
    artifacts: Path
    wishes: Wishes
    now: datetime


def _build(bundle: Path) -> BuildInfo:
    found = [bundle, *sorted(path.parent for path in bundle.glob(f"*.app/Contents/Resources/{FILE}"))]
    for folder in found:
        if (folder / FILE).is_file():
            try:
                return read_build_info(folder)
            except UpdateError:
                raise NotDoneError(f"{folder / FILE} does not say what a build must") from None
    raise NotDoneError(f"{bundle} is no bundle: it has no {FILE}; make one with: build.py bundle")


def _check_publishers(builds: Iterable[BuildInfo], wishes: Wishes) -> None:
    """Refuse programs without a publisher before anything is packed."""
    if wishes.unsigned_programs:
        return
    found = [publishers.fault(one.platform, one.version, wishes.publishers) for one in builds]
    faults = [fault for fault in found if fault is not None]
    if faults:
        raise NotDoneError("\n".join(faults))


def _add(making: _Making, bundle: Path, build: BuildInfo) -> None:
    path = list_path(build.channel, build.platform)
    content, wishes = making.change.lists()[path], making.wishes
    published = making.repository.file(exposure_path(build.channel, build.platform))
    feed = read_exposure(published or to_json(EMPTY_EXPOSURE))
    release = _release(making, bundle, build, content)
    content = lists.with_release(content, release, feed, wishes.keep)
    if wishes.min_safe:
        content = lists.with_min_safe(content, wishes.min_safe)
    making.change.put(path, content)


def _release(making: _Making, bundle: Path, build: BuildInfo, content: Mapping[str, Any]) -> dict[str, Any]:
    archive, files = _pack(making, bundle)
    wishes = making.wishes
    made = Release(
        app_id=build.app_id,
        version=build.version,
        build=build.build,
        platform=build.platform,
        channel=build.channel,
        url=f"artifacts/{archive.name}",
        sha256=archive.name.split(".")[0],
        length=archive.stat().st_size,
        files=files,
        tree_sha256=tree_sha256(files),
        deltas=_deltas(making, bundle, archive, content),
        critical=wishes.critical,
        min_from=wishes.min_from,
        schema_min=build.schema_min,
        schema_max=build.schema_max,
        allow_downgrade_from=wishes.allow_downgrade_from,
        codesign=_codesign(build.platform, wishes),
        released=f"{making.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        notes=wishes.notes,
    )
    return made.model_dump(mode="json", exclude_none=True)


def _pack(making: _Making, bundle: Path) -> tuple[Path, tuple[BundleFile, ...]]:
    beside = making.artifacts / ".packing"
    try:
        files = archives.pack(bundle, beside, level=making.wishes.level)
    except UpdateError as error:
        raise NotDoneError(f"{bundle} cannot be a bundle: {error.reason} {error.facts}") from None
    return beside.replace(making.artifacts / f"{artifacts.digest(beside)}.tar.zst"), files


def _deltas(making: _Making, bundle: Path, archive: Path, content: Mapping[str, Any]) -> tuple[Delta, ...]:
    """Make a delta from each listed release, if it is small enough to be worth it."""
    at_most = int(archive.stat().st_size * deltas.WORTH)
    olds = [Release.model_validate_json(to_json(one)) for one in content["releases"]]
    made = [_delta(making, bundle, old, at_most) for old in olds]
    return tuple(delta for delta in made if delta is not None)


def _delta(making: _Making, bundle: Path, old: Release, at_most: int) -> Delta | None:
    source = artifacts.find(making.repository, making.change, old.url)
    if source is None:
        raise NotDoneError(f"the archive of {old.version} is not in the repository; deltas start from it")
    beside = making.artifacts / ".delta"
    with tempfile.TemporaryDirectory(prefix="njordhr-delta-") as scratch:
        archives.unpack(source, old.files, Path(scratch, "old"), max_bytes=artifacts.LARGEST_BUNDLE)
        if not deltas.make(Path(scratch, "old"), bundle, beside, at_most=at_most, level=making.wishes.level):
            return None
    sha256 = artifacts.digest(beside)
    path = beside.replace(making.artifacts / f"{sha256}.delta")
    return Delta(
        from_tree=old.tree_sha256, url=f"artifacts/{path.name}", sha256=sha256, length=path.stat().st_size
    )


def _codesign(platform: str, wishes: Wishes) -> CodeSign:
    if platform.startswith("windows"):
        return CodeSign(windows_spki_sha256=wishes.publishers.windows_spki_sha256)
    if platform.startswith("macos"):
        return CodeSign(macos_team=wishes.publishers.macos_team)
    return CodeSign()
