"""A bundle as one `.tar.zst`: always packed to the same bytes, unpacked only when it is what was signed.

`unpack` knows from the signed list which bytes an archive must consist of: header, content and padding of
each file in order, and the end. It asks the decompressor for no more than that, so a bomb has nobody to go
off for, and creates no name that the archive chose.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from backports import zstd

from update_manifest import tar_headers
from update_manifest.decompression import Frame
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.new_tree import NewTree
from update_manifest.releases import BundleFile
from update_manifest.trees import BLOCK_BYTES, files_of, in_order, refuse_ambiguous

LEVEL = 19
WINDOW_LOG = 25
"""Decompressing takes 2 to this power bytes of memory; an archive that wants more is refused."""


def pack(folder: Path, to: Path, *, level: int = LEVEL) -> tuple[BundleFile, ...]:
    """Write the files below a folder as one archive, and return their list.

    The same files give the same bytes with the same `zstd`, wherever and whenever they were made.

    Raises:
        UpdateError: there is something that is no plain file, or a name that not each system takes.
        OSError: a file cannot be read or written.
    """
    files = files_of(folder)
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.window_log: WINDOW_LOG,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    with zstd.ZstdFile(to, "w", options=options) as archive:
        for file in files:
            archive.write(tar_headers.header(file))
            _copy_as_listed(folder / file.path, file, archive)
            archive.write(tar_headers.padding(file.length))
        archive.write(tar_headers.END)
    return files


def unpack(archive: Path, files: Sequence[BundleFile], to: Path, *, max_bytes: int) -> None:
    """Make a folder of an archive; each file is on the disk when it returns.

    What a failure leaves of the folder is the caller's to remove.

    Args:
        archive: as `pack` makes it. Its own length and hash were checked before.
        files: the signed list.
        to: the folder, which does not exist yet.
        max_bytes: what all files together may have.

    Raises:
        UpdateError: `TOO_LARGE`, `PATH_UNSAFE`, `NOT_A_PLAIN_FILE`, `CONTENT_WRONG` or `ARCHIVE_DAMAGED`.
        OSError: the disk is full, or cannot be written to.
    """
    refuse_ambiguous(files)
    total = sum(file.length for file in files)
    if total > max_bytes:
        raise UpdateError(UpdateReason.TOO_LARGE, {"bytes": total, "limit": max_bytes})
    with archive.open("rb") as stream, NewTree(to) as tree:
        source = Frame(stream, window_log=WINDOW_LOG)
        for file in sorted(files, key=in_order):
            found = source.read(tar_headers.BLOCK)
            if found != tar_headers.header(file):
                raise tar_headers.refusal(found)
            tree.add(file, source.blocks(file.length))
            if any(source.read(-file.length % tar_headers.BLOCK)):
                raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "padding"})
        _expect_end(source)


def _copy_as_listed(path: Path, file: BundleFile, to: zstd.ZstdFile) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
            to.write(block)
    if digest.hexdigest() != file.sha256:
        raise UpdateError(UpdateReason.CONTENT_WRONG, {"why": "changed while it was packed"})


def _expect_end(source: Frame) -> None:
    found = source.read(tar_headers.BLOCK)
    if any(found):
        raise tar_headers.refusal(found)
    if any(source.read(tar_headers.BLOCK)):
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "goes on after its end"})
    source.expect_end()
