"""Small folders that stand for bundles, and archives that no honest packer makes."""

import hashlib
import io
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from backports import zstd

from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import BundleFile


def write(folder: Path, contents: Mapping[str, bytes], programs: Sequence[str] = ()) -> Path:
    """Make a folder with these files."""
    for path, content in contents.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.chmod(0o755 if path in programs else 0o644)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def listed(contents: Mapping[str, bytes]) -> tuple[BundleFile, ...]:
    """Return the list of these files as it would be signed."""
    return tuple(
        BundleFile(path=path, sha256=hashlib.sha256(content).hexdigest(), length=len(content), mode=0o644)
        for path, content in sorted(contents.items())
    )


def contents_of(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def hostile_tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return an archive with whatever members are wished, compressed."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return zstd.compress(stream.getvalue())


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """Return the header of a member."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mode = kind, link, 0o644
    return info


def refused(error: pytest.ExceptionInfo[UpdateError]) -> UpdateReason:
    """Return why."""
    return error.value.reason
