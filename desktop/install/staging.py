"""A downloaded release becomes a version on the disk.

It is built beside the others, checked, and put there by one rename, so what is in `versions` is whole.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from desktop.install.cleanup import set_aside
from desktop.install.code_signature import verify_code_signature
from desktop.install.durable_file import move
from desktop.install.places import Places
from desktop.install.switch import note_staged
from desktop.install.versions import write_list
from update_manifest import archives, deltas
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import CodeSign, Delta, Release
from update_manifest.trees import verify_tree

LARGEST_BUNDLE = 2 << 30
"""Bytes of all files of one version."""

Verify = Callable[[Path, CodeSign, str], None]


def stage(
    places: Places,
    release: Release,
    artifact: Path,
    *,
    delta: Delta | None = None,
    from_version: str = "",
    verify: Verify = verify_code_signature,
) -> None:
    """Put a release's files there, checked and durable; nothing starts it yet (`switch.make_pending`).

    The same again goes on after whatever broke off.

    Args:
        places: of the installation.
        release: believed, and for this computer.
        artifact: its archive, or the delta's file; length and hash were checked.
        delta: what the artifact is when it is no archive.
        from_version: the installed version that the delta starts from.
        verify: checks the operating system's code signature.

    Raises:
        UpdateError: `BASE_CHANGED` and what else deltas refuse: the archive may do; what archives, trees and
            code signatures refuse; `BUSY`; `NOT_STORED`: no room, or the disk would not have it.
    """
    version = release.version
    try:
        if not _is_there(places, release):
            places.versions.mkdir(parents=True, exist_ok=True)
            building = _empty(places, version)
            if delta is None:
                archives.unpack(artifact, release.files, building, max_bytes=LARGEST_BUNDLE)
            else:
                base = places.version(from_version)
                deltas.apply(
                    artifact,
                    base,
                    release.files,
                    building,
                    from_tree=delta.from_tree,
                    max_bytes=LARGEST_BUNDLE,
                )
            verify_tree(building, release.files)
            verify(building, release.codesign, release.platform)
            write_list(places, version, [(file.path, file.length) for file in release.files])
            move(building, places.version(version))
    except OSError as error:
        raise UpdateError(UpdateReason.NOT_STORED, {"error": type(error).__name__}) from error
    finally:
        shutil.rmtree(places.staging / version, ignore_errors=True)
    note_staged(places, version)


def _is_there(places: Places, release: Release) -> bool:
    """Tell whether a version is there as it should be; one that is not is moved out of the way."""
    folder = places.version(release.version)
    if not folder.exists():
        return False
    try:
        verify_tree(folder, release.files)
    except UpdateError:
        set_aside(places, folder)
        return False
    return True


def _empty(places: Places, version: str) -> Path:
    places.staging.mkdir(parents=True, exist_ok=True)
    building = places.staging / version
    if building.exists():
        shutil.rmtree(building)
    return building
