"""A bundle made of the one that is installed and of what differs: one file of patches for a pair of trees.

A patch is a zstd frame that was compressed with the old file as its prefix. What a delta leaves out is taken
from the installed files by its hash. Whatever a delta says, each file is compared with the signed list while
it is written; a delta can make nothing else, and needs no list of its own that would have to be believed.

The file: `MAGIC`, the length of the index (4 bytes, big-endian), the index (JSON), the patches in its order.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

from pydantic import Field, TypeAdapter, ValidationError

from update_manifest.decompression import Frame
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.new_tree import NewTree
from update_manifest.releases import BundleFile, RelativePath, Signed
from update_manifest.trees import BLOCK_BYTES, files_of, in_order, refuse_ambiguous, tree_sha256

MAGIC = b"NJDELTA1"
LENGTH = struct.Struct(">I")
LARGEST_PREFIX = 64 << 20
"""A file that is larger is not patched: making and applying a patch keep both in memory."""
WINDOW_LOG = 27
_LARGEST_INDEX = 4 << 20


class Patch(Signed):
    """One entry of the index.

    Attributes:
        path: of the file that it makes.
        base: the old file that it was compressed with; without one it is compressed alone.
        length: bytes of the frame.
    """

    path: RelativePath
    base: RelativePath | None = None
    length: Annotated[int, Field(gt=0)]


INDEX = TypeAdapter(tuple[Patch, ...])


def apply(
    delta: Path, old_folder: Path, files: Sequence[BundleFile], to: Path, *, from_tree: str, max_bytes: int
) -> None:
    """Make a folder of the installed one and a delta; each file is on the disk when it returns.

    What a failure leaves of the folder is the caller's to remove. Where this is refused, the whole archive
    may still do.

    Args:
        delta: its own length and hash were checked before.
        old_folder: the installed bundle.
        files: the signed list of the new one.
        to: the folder, which does not exist yet.
        from_tree: the tree that the delta starts from.
        max_bytes: what all files together may have.

    Raises:
        UpdateError: `BASE_CHANGED`: the installed files are not what they were; `TOO_LARGE`, `PATH_UNSAFE`,
            `CONTENT_WRONG` or `ARCHIVE_DAMAGED`.
        OSError: the disk is full, or cannot be read or written to.
    """
    refuse_ambiguous(files)
    total = sum(file.length for file in files)
    if total > max_bytes:
        raise UpdateError(UpdateReason.TOO_LARGE, {"bytes": total, "limit": max_bytes})
    old = files_of(old_folder)
    if tree_sha256(old) != from_tree:
        raise UpdateError(UpdateReason.BASE_CHANGED, {"files": len(old)})
    with delta.open("rb") as stream:
        patches = _read_index(stream, delta.stat().st_size)
        starts = _starts(patches, stream.tell())
        source = _Sources(old_folder, old, stream, {p.path: (p, starts[p.path]) for p in patches})
        with NewTree(to) as tree:
            for file in sorted(files, key=in_order):
                tree.add(file, source.blocks(file))


def _read_index(stream: BinaryIO, size: int) -> tuple[Patch, ...]:
    """Read the index, whose patches fill the rest of the file exactly."""
    head = stream.read(len(MAGIC) + LENGTH.size)
    if len(head) != len(MAGIC) + LENGTH.size or not head.startswith(MAGIC):
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "no delta"})
    (length,) = LENGTH.unpack(head[len(MAGIC) :])
    if length > _LARGEST_INDEX:
        raise UpdateError(UpdateReason.TOO_LARGE, {"index": length})
    try:
        patches = INDEX.validate_json(stream.read(length))
    except ValidationError as error:
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "index"}) from error
    if stream.tell() + sum(patch.length for patch in patches) != size:
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "length"})
    if len({patch.path for patch in patches}) != len(patches):
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "two patches make one file"})
    return patches


def _starts(patches: Sequence[Patch], begin: int) -> Mapping[str, int]:
    starts = {}
    for patch in patches:
        starts[patch.path] = begin
        begin += patch.length
    return starts


class _Sources:
    """Where the content of each new file comes from."""

    def __init__(
        self,
        folder: Path,
        old: Sequence[BundleFile],
        stream: BinaryIO,
        patches: Mapping[str, tuple[Patch, int]],
    ) -> None:
        self._folder = folder
        self._old = {file.path: file for file in old}
        self._by_content = {file.sha256: file for file in old}
        self._stream = stream
        self._patches = patches

    def blocks(self, file: BundleFile) -> Iterator[bytes]:
        if file.path in self._patches:
            return self._patched(file, *self._patches[file.path])
        same = self._by_content.get(file.sha256)
        if same is None:
            raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "a file is missing"})
        return _read(self._folder / same.path)

    def _patched(self, file: BundleFile, patch: Patch, start: int) -> Iterator[bytes]:
        prefix = self._prefix(patch.base) if patch.base is not None else b""
        self._stream.seek(start)
        frame = Frame(_Part(self._stream, patch.length), window_log=WINDOW_LOG, prefix=prefix)
        yield from frame.blocks(file.length)
        frame.expect_end()

    def _prefix(self, path: str) -> bytes:
        base = self._old.get(path)
        if base is None:
            raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "no such base"})
        if base.length > LARGEST_PREFIX:
            raise UpdateError(UpdateReason.TOO_LARGE, {"base": base.length})
        content = (self._folder / base.path).read_bytes()
        if hashlib.sha256(content).hexdigest() != base.sha256:
            raise UpdateError(UpdateReason.BASE_CHANGED, {"why": "while it was read"})
        return content


class _Part:
    """So many bytes of a stream from where it stands."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int, /) -> bytes:
        block = self._stream.read(min(size, self._left))
        self._left -= len(block)
        return block


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            yield block
