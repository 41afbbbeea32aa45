"""Bundles as archives, and looking whether archives and deltas make what a release says."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from update_manifest import archives, deltas, trees
from update_manifest.errors import UpdateError
from update_manifest.release.change import Change
from update_manifest.release.repository import Repository, to_json
from update_manifest.releases import Delta, Release

LARGEST_BUNDLE = 4 << 30


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(repository: Repository, change: Change | None, url: str) -> Path | None:
    """Return where an artifact of a release is: in the draft, or published."""
    brought = change.artifact(url) if change else None
    published = repository.folder / url
    return brought or (published if published.is_file() else None)


def faults(
    repository: Repository, change: Change, new: Mapping[str, Any], old: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """Return what is wrong with the archives and deltas of a list; old ones are only looked for.

    Args:
        repository: what is published.
        change: what brings new ones.
        new: the list, of which each release was read without a fault.
        old: the one that is published now.
    """
    known = {one["version"] for one in (old or {"releases": []})["releases"]}
    bases = {
        one["tree_sha256"]: one for source in (new, old or {"releases": []}) for one in source["releases"]
    }
    found: list[str] = []
    for content in new["releases"]:
        release = Release.model_validate_json(to_json(content))
        if release.version in known:
            found += _missing(repository, change, release)
        else:
            found += _wrong(repository, change, release, bases)
    return tuple(found)


def brought_faults(change: Change) -> tuple[str, ...]:
    """Return which archives and deltas that lie in a draft are not what its lists say of them."""
    found = []
    for content in change.lists().values():
        for one in content["releases"]:
            for part in (one, *one.get("deltas", ())):
                path = change.artifact(part["url"])
                if path is not None and not _is(path, part["sha256"], part["length"]):
                    found.append(f"{path.name} is not what the release {one['version']} says of it")
    return tuple(found)


def stray(change: Change) -> tuple[str, ...]:
    """Return what lies among a draft's archives and deltas that no release of it speaks of.

    It would be published with them, and nobody signed it; behind a link may be any file of the publisher's.
    """
    if change.artifacts is None or not change.artifacts.is_dir():
        return ()
    releases = [one for content in change.lists().values() for one in content["releases"]]
    spoken_of = {part["url"] for one in releases for part in (one, *one.get("deltas", ()))}
    return tuple(
        f"artifacts/{path.name} is no plain file that a release of this draft speaks of"
        for path in sorted(change.artifacts.iterdir())
        if path.is_symlink() or not path.is_file() or f"artifacts/{path.name}" not in spoken_of
    )


def _missing(repository: Repository, change: Change, release: Release) -> Iterator[str]:
    for url in (release.url, *(delta.url for delta in release.deltas)):
        if find(repository, change, url) is None:
            yield f"{release.version} for {release.platform}: {url} is not there"


def _wrong(
    repository: Repository, change: Change, release: Release, bases: Mapping[str, Any]
) -> Iterator[str]:
    """Unpack a new release, and make it of each of its deltas, as a client does."""
    who = f"{release.version} for {release.platform}"
    archive = find(repository, change, release.url)
    if archive is None or not _is(archive, release.sha256, release.length):
        yield f"{who}: its archive is not there, or is another one than it says"
        return
    if trees.tree_sha256(release.files) != release.tree_sha256:
        yield f"{who}: its list of files is not the tree that it says"
        return
    with tempfile.TemporaryDirectory(prefix="njordhr-unpacked-") as scratch:
        try:
            archives.unpack(archive, release.files, Path(scratch, "new"), max_bytes=LARGEST_BUNDLE)
        except UpdateError as error:
            yield f"{who}: its archive does not unpack to what it says ({error.reason})"
        for number, delta in enumerate(release.deltas):
            base = Release.model_validate_json(to_json(bases[delta.from_tree]))
            yield from _wrong_delta(
                repository, change, release, delta, base=base, scratch=Path(scratch, str(number))
            )


def _wrong_delta(
    repository: Repository, change: Change, release: Release, delta: Delta, *, base: Release, scratch: Path
) -> Iterator[str]:
    who = f"{release.version} for {release.platform}, delta from {base.version}"
    path, old = find(repository, change, delta.url), find(repository, change, base.url)
    if path is None or not _is(path, delta.sha256, delta.length):
        yield f"{who}: it is not there, or is another one than the release says"
        return
    if old is None:
        yield f"{who}: the archive of {base.version} is not there to try it on"
        return
    scratch.mkdir()
    try:
        archives.unpack(old, base.files, scratch / "old", max_bytes=LARGEST_BUNDLE)
        deltas.apply(
            path,
            scratch / "old",
            release.files,
            scratch / "new",
            from_tree=delta.from_tree,
            max_bytes=LARGEST_BUNDLE,
        )
    except UpdateError as error:
        yield f"{who}: it does not make the release ({error.reason})"


def _is(path: Path, sha256: str, length: int) -> bool:
    return path.stat().st_size == length and digest(path) == sha256
