"""Making what `update_manifest.deltas` applies."""

import difflib
from collections.abc import Sequence
from pathlib import Path

from backports import zstd

from update_manifest.decompression import SHORTEST_PREFIX
from update_manifest.deltas import INDEX, LARGEST_PREFIX, LENGTH, MAGIC, WINDOW_LOG, Patch
from update_manifest.releases import BundleFile
from update_manifest.trees import files_of

LEVEL = 19
WORTH = 0.6
"""A delta of more than this share of the whole archive is not published."""
_NO_LIMIT = 2**63


def make(
    old_folder: Path, new_folder: Path, to: Path, *, at_most: int = _NO_LIMIT, level: int = LEVEL
) -> bool:
    """Write the delta that makes the new bundle of the old one; the same trees give the same bytes.

    Args:
        old_folder: the earlier bundle.
        new_folder: the later one.
        to: the file to write.
        at_most: bytes; nothing is written when the delta would have more.
        level: how hard `zstd` tries.

    Returns:
        Whether it was written.

    Raises:
        UpdateError: one of the folders is no bundle.
        OSError: a file cannot be read or written.
    """
    old, new = files_of(old_folder), files_of(new_folder)
    known = {file.sha256 for file in old}
    patches: list[Patch] = []
    frames: list[bytes] = []
    for file in new:
        if file.sha256 in known:
            continue
        base = choose_base(file, old)
        prefix = (old_folder / base.path).read_bytes() if base is not None else b""
        frames.append(_compressed((new_folder / file.path).read_bytes(), prefix, level))
        patches.append(
            Patch(path=file.path, base=base.path if base is not None else None, length=len(frames[-1]))
        )
        if sum(map(len, frames)) > at_most:
            return False
    index = INDEX.dump_json(tuple(patches), exclude_none=True)
    content = zstd.compress(b"".join((MAGIC, LENGTH.pack(len(index)), index, *frames)), level)
    if len(content) > at_most:
        return False
    to.write_bytes(content)
    return True


def choose_base(file: BundleFile, old: Sequence[BundleFile]) -> BundleFile | None:
    """Return the old file that a new one most likely came of: of its path, or of a similar name beside it.

    The web UI's files carry a digest in their names, packages their version in those of their folders.
    """
    if file.length > LARGEST_PREFIX:
        return None
    fitting = [other for other in old if SHORTEST_PREFIX <= other.length <= LARGEST_PREFIX]
    same = next((other for other in fitting if other.path == file.path), None)
    if same is not None:
        return same
    suffix = _suffix(file.path)
    kin = [other for other in fitting if _suffix(other.path) == suffix]
    nearest = difflib.get_close_matches(file.path, [other.path for other in kin], n=1, cutoff=0.7)
    return next((other for other in kin if other.path in nearest), None)


def _suffix(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[2]


def _compressed(content: bytes, prefix: bytes, level: int) -> bytes:
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.window_log: _window_log(len(content) + len(prefix)),
        zstd.CompressionParameter.enable_long_distance_matching: 1,
        zstd.CompressionParameter.checksum_flag: 0,  # each file is hashed anyway
    }
    base = zstd.ZstdDict(prefix, is_raw=True).as_prefix if prefix else None
    compressor = zstd.ZstdCompressor(options=options, zstd_dict=base)
    return compressor.compress(content, zstd.ZstdCompressor.FLUSH_FRAME)


def _window_log(reach: int) -> int:
    """Return the smallest window that sees the whole old file from each place of the new one."""
    smallest = 10
    return min(max(reach.bit_length(), smallest), WINDOW_LOG)
