"""A bundle made of the one that is installed and of what differs: one file of patches for a pair of trees.

A patch is a zstd frame that was compressed with the old file as its prefix. What a delta leaves out is taken
from the installed files by its hash. Whatever a delta says, each file is compared with the signed list while
it is written; a delta can make nothing else, and needs no list of its own that would have to be believed.

The file is a zstd frame (what repeats in each block of a patch is most of a small one) of `MAGIC`, the length
of the index (4 bytes, big-endian), the index (JSON), and the patches, both in the order of the files.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

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
    ordered = sorted(files, key=in_order)
    with delta.open("rb") as stream:
        content = Frame(stream, window_log=WINDOW_LOG)
        source = _Sources(old_folder, old, content, _read_index(content, ordered))
        with NewTree(to) as tree:
            for file in ordered:
                tree.add(file, source.blocks(file))
            content.expect_end()


def _read_index(content: Frame, files: Sequence[BundleFile]) -> Mapping[str, Patch]:
    """Read the index, which names some of the files in their order."""
    head = content.read(len(MAGIC) + LENGTH.size)
    if not head.startswith(MAGIC):
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "no delta"})
    (length,) = LENGTH.unpack(head[len(MAGIC) :])
    if length > _LARGEST_INDEX:
        raise UpdateError(UpdateReason.TOO_LARGE, {"index": length})
    try:
        patches = INDEX.validate_json(content.read(length))
    except ValidationError as error:
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "index"}) from error
    found = {patch.path: patch for patch in patches}
    if [patch.path for patch in patches] != [file.path for file in files if file.path in found]:
        raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "the order of the files"})
    return found


class _Sources:
    """Where the content of each new file comes from."""

    def __init__(
        self,
        folder: Path,
        old: Sequence[BundleFile],
        content: Frame,
        patches: Mapping[str, Patch],
    ) -> None:
        self._folder = folder
        self._old = {file.path: file for file in old}
        self._by_content = {file.sha256: file for file in old}
        self._content = content
        self._patches = patches

    def blocks(self, file: BundleFile) -> Iterator[bytes]:
        if file.path in self._patches:
            return self._patched(file, self._patches[file.path])
        same = self._by_content.get(file.sha256)
        if same is None:
            raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "a file is missing"})
        return _read(self._folder / same.path)

    def _patched(self, file: BundleFile, patch: Patch) -> Iterator[bytes]:
        prefix = self._prefix(patch.base) if patch.base is not None else b""
        frame = Frame(_Part(self._content, patch.length), window_log=WINDOW_LOG, prefix=prefix)
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
    """So many bytes of what a frame goes on with."""

    def __init__(self, content: Frame, length: int) -> None:
        self._content = content
        self._left = length

    def read(self, size: int, /) -> bytes:
        block = self._content.read(min(size, self._left))
        self._left -= len(block)
        return block


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            yield block
