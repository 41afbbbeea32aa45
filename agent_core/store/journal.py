"""SQLite's write-ahead journal, looked at for commits that SQLite would pass over without a word.

SQLite reads a journal up to the first frame whose checksum is wrong, and takes what follows for the rest of a
write that a power cut broke off. Each commit is synced before the next one begins, so that rest can hold one
commit at most: with more of them, something damaged what was on the disk.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_BIG_ENDIAN_SUMS = 0x377F0683
_MOST_AFTER_A_POWER_CUT = 1
_MASK = 0xFFFFFFFF
_PAGE = 4096
"""The page size that SQLite takes by itself, for a header that does not tell."""


@dataclass(frozen=True)
class _Frame:
    commits: bool
    salts: tuple[int, int]
    sums: tuple[int, int]
    summed: bytes


def loses_commits(journal: bytes) -> bool:
    """Tell whether commits that were on the disk cannot be read from this journal any more."""
    if len(journal) <= _HEADER.size:
        return False
    magic, _, page_size, _, salt1, salt2, *said = _HEADER.unpack_from(journal)
    order = ">" if magic == _BIG_ENDIAN_SUMS else "<"
    sums = _add(journal[: _HEADER.size - 8], (0, 0), order)
    is_sound = list(sums) == said
    frames = list(_frames(journal, page_size if is_sound else _PAGE))
    salts = (salt1, salt2) if is_sound else (frames[0].salts if frames else (0, 0))
    if is_sound:
        frames = frames[_sound_frames(frames, salts, sums, order) :]
    return sum(frame.commits and frame.salts == salts for frame in frames) > _MOST_AFTER_A_POWER_CUT


def _sound_frames(frames: list[_Frame], salts: tuple[int, int], sums: tuple[int, int], order: str) -> int:
    """Return how many frames from the first one on SQLite reads."""
    for count, frame in enumerate(frames):
        sums = _add(frame.summed, sums, order)
        if frame.salts != salts or frame.sums != sums:
            return count
    return len(frames)


def _frames(journal: bytes, page_size: int) -> Iterator[_Frame]:
    for start in range(_HEADER.size, len(journal) - _FRAME.size - page_size + 1, _FRAME.size + page_size):
        _, size_after, salt1, salt2, *sums = _FRAME.unpack_from(journal, start)
        page = journal[start + _FRAME.size : start + _FRAME.size + page_size]
        summed = journal[start : start + 8] + page
        yield _Frame(size_after > 0, (salt1, salt2), (sums[0], sums[1]), summed)


def _add(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """Go on with SQLite's checksum over ``data``, whose length is a multiple of 8."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
