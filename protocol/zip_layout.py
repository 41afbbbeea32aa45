"""What stands around the files of a ZIP: a head before each one, and the list of contents at the end.

Length and checksum of a file are known before its head is written, so that they stand in it and a reader that
cannot go back needs nothing else. Whoever writes puts each file's bytes right behind its head.
"""

import struct
from datetime import datetime

STORED, DEFLATED = 0, 8

BIG, _MANY = 0xFFFFFFFF, 0xFFFF
"""From here on a number does not fit: it stands in a ZIP64 field, and this in its place."""

_HEAD = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_WHERE_END64 = struct.Struct("<4sLQL")
_VERSION, _VERSION64 = 20, 45
_UNIX, _OWNERS_FILE = 3 << 8, 0o100600 << 16
_UTF8_NAME = 1 << 11

HEAD_BYTES = _HEAD.size + _ENTRY.size + 12
"""The most that a file below 4 GiB costs beside its bytes and twice its path, wherever in a ZIP it stands."""

END_BYTES = _END.size + _END64.size + _WHERE_END64.size


class ZipLayout:
    """Writes the heads of one ZIP, in the order of its files, and its end.

    Attributes:
        length: how many bytes stand before what comes next.
    """

    def __init__(self, made_at: datetime, *, length: int = 0, is_big: bool = False) -> None:
        """Begin.

        Args:
            made_at: the time of all files, told as it is where it was taken.
            length: what stands before the first head.
            is_big: the end is to be that of a ZIP of 4 GiB and more, whatever comes.
        """
        self.length = length
        self._is_told_big = is_big
        self._time, self._date = _dos_time(made_at)
        self._count = 0
        self._entries: list[bytes] = []
        self._entries_length = 0

    def head(
        self,
        path: str,
        crc: int,
        length: int,
        *,
        packed_length: int | None = None,
        extra: bytes = b"",
        is_big: bool = False,
    ) -> bytes:
        """Return a file's head; its bytes follow.

        Args:
            path: of parts with ``/`` between.
            crc: CRC-32 of the file.
            length: of the file.
            packed_length: of what follows, when that is the file deflated and not the file as it is.
            extra: fields of the head alone, such as `padding`.
            is_big: write the lengths as those of a file of 4 GiB and more, whatever they are.
        """
        name = path.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        method, packed = (STORED, length) if packed_length is None else (DEFLATED, packed_length)
        sizes, in_head = (packed, length), extra
        version = _VERSION
        if is_big or max(sizes) >= BIG:
            in_head, sizes, version = _wide(length, packed) + extra, (BIG, BIG), _VERSION64
        common = (version, flags, method, self._time, self._date, crc, *sizes, len(name))
        head = _HEAD.pack(b"PK\x03\x04", *common, len(in_head)) + name + in_head
        self._list(name, common, (length, packed))
        self.length += len(head) + packed
        return head

    def length_with(self, path: str, packed_length: int, *, is_big: bool) -> int:
        """Return how long the ZIP were with one more file and its end.

        Args:
            path: of the file.
            packed_length: of its bytes.
            is_big: as in `head`, and of the whole ZIP.
        """
        fields = (20 + 20 + 8 * (self.length >= BIG)) if is_big else 0
        around = _HEAD.size + _ENTRY.size + 2 * len(path.encode()) + fields
        end = END_BYTES if is_big else _END.size
        return self.length + around + packed_length + self._entries_length + end

    def end(self) -> bytes:
        """Return the list of contents and the end."""
        entries = b"".join(self._entries)
        count, where = self._count, self.length
        end64 = b""
        if self._is_big():
            inside = (_VERSION64 | _UNIX, _VERSION64, 0, 0, count, count, len(entries), where)
            end64 = _END64.pack(b"PK\x06\x06", _END64.size - 12, *inside)
            end64 += _WHERE_END64.pack(b"PK\x06\x07", 0, where + len(entries), 1)
        counts, places = min(count, _MANY), (min(len(entries), BIG), min(where, BIG))
        return entries + end64 + _END.pack(b"PK\x05\x06", 0, 0, counts, counts, *places, 0)

    def _list(self, name: bytes, common: tuple[int, ...], sizes: tuple[int, int]) -> None:
        version, where = common[0], self.length
        wide = sizes if common[6] == BIG else ()
        if where >= BIG:
            wide, where, version = (*wide, where), BIG, _VERSION64
        extra = _wide(*wide) if wide else b""
        entry = _ENTRY.pack(
            b"PK\x01\x02",
            version | _UNIX,
            version,
            *common[1:],
            len(extra),
            0,
            0,
            0,
            _OWNERS_FILE,
            where,
        )
        self._entries.append(entry + name + extra)
        self._entries_length += len(self._entries[-1])
        self._count += 1

    def _is_big(self) -> bool:
        return self._is_told_big or self._count >= _MANY or max(self.length, self._entries_length) >= BIG


def padding(length: int) -> bytes:
    """Return a field that says nothing and is this long: the format's own for "room to grow".

    Args:
        length: at least 8.
    """
    return struct.pack("<4H", 0xA220, length - 4, 0xA028, 0) + bytes(length - 8)


def _wide(*numbers: int) -> bytes:
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def _dos_time(at: datetime) -> tuple[int, int]:
    day = max(at.year - 1980, 0) << 9 | at.month << 5 | at.day
    return at.hour << 11 | at.minute << 5 | at.second // 2, day
