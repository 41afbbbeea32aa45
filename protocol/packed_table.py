"""A table of a ZIP that grows line by line, is deflated on the way, and ends as long as was promised."""

import zlib
from collections.abc import Iterator

from protocol.zip_layout import BIG, ZipLayout, padding

PIECE = 128 * 1024
"""What is worth a turn of a server, in bytes."""

_NOTHING = b"\x00\x00\x00\xff\xff"
"""A block of deflate with nothing in it."""

_SMALLEST_FIELD = 8


class TooLongError(Exception):
    """What was written is longer than was promised."""


class PackedTable:
    """Lines of a CSV, deflated; there may be 20,000 of them."""

    def __init__(self, head: bytes) -> None:
        """Begin with the line that names the columns."""
        self._packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self._packed: list[bytes] = []
        self._crc = self._length = 0
        self.write(head)

    def write(self, line: bytes) -> None:
        """Add a line."""
        self._crc = zlib.crc32(line, self._crc)
        self._length += len(line)
        if piece := self._packer.compress(line):
            self._packed.append(piece)

    def end(self, layout: ZipLayout, path: str, whole: int | None) -> Iterator[bytes]:
        """Yield the table as a file of a ZIP.

        Args:
            layout: of the ZIP.
            path: in it.
            whole: how long the ZIP must become with it and its end; as long as it is, when absent.

        Raises:
            TooLongError: it is longer already.
        """
        body = [*self._packed, self._packer.flush(zlib.Z_SYNC_FLUSH)]
        last = self._packer.flush()
        packed = sum(map(len, body)) + len(last)
        is_big = whole is not None and whole >= BIG
        room = 0 if whole is None else whole - layout.length_with(path, packed, is_big=is_big)
        field, blocks = _filling(room)
        packed += blocks * len(_NOTHING)
        yield layout.head(path, self._crc, self._length, packed_length=packed, extra=field, is_big=is_big)
        yield from body
        at_once = PIECE // len(_NOTHING)
        for done in range(0, blocks, at_once):
            yield _NOTHING * min(at_once, blocks - done)
        yield last


def in_pieces(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Join small parts to pieces that are worth sending; the first one is sent at once."""
    waiting: list[bytes] = []
    length, enough = 0, 1
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= enough:
            yield part if len(waiting) == 1 else b"".join(waiting)
            waiting.clear()
            length, enough = 0, PIECE
    if waiting:
        yield b"".join(waiting)


def _filling(room: int) -> tuple[bytes, int]:
    """Return a field of a head, and how many empty blocks, that together are this long.

    Raises:
        TooLongError: nothing is so short.
    """
    rest = room % len(_NOTHING)
    while 0 < rest < _SMALLEST_FIELD:
        rest += len(_NOTHING)
    if room < rest:
        raise TooLongError
    return (padding(rest) if rest else b""), (room - rest) // len(_NOTHING)
