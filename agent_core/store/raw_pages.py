"""Rows read from the bytes of SQLite's pages, without its schema, its trees or its journal's order.

SQLite reads nothing at all of a file whose first page is gone, and stops at the first page that is wrong. The
rows lie in leaf pages that can each be read alone (https://sqlite.org/fileformat2.html, 1.6 and 2.1), so what
was not itself overwritten can be had. Rows that were deleted may come too.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

PAGE = 4096
_LEAF = 0x0D
_FIRST_PAGE_HEADER = 100
_JOURNAL_HEADER, _FRAME_HEADER = 32, 24
_BLOB = 12
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_CONSTANTS = {0: None, 8: 0, 9: 1}
_MOST_LOCAL = PAGE - 35
_LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23
_OVERFLOW = PAGE - 4
_VARINT_BYTES = 9

Value = int | float | str | bytes | None
Pages = Mapping[int, bytes]


@dataclass(frozen=True)
class RawRow:
    """A row as it lies in its page; the value of a row id's own column is absent in it."""

    row_id: int
    values: tuple[Value, ...]


def pages_of(main: bytes, journal: bytes = b"") -> dict[int, bytes]:
    """Return the pages by their numbers, as the last frame of the journal has them."""
    pages = {number + 1: main[number * PAGE : (number + 1) * PAGE] for number in range(len(main) // PAGE)}
    step = _FRAME_HEADER + PAGE
    for start in range(_JOURNAL_HEADER, len(journal) - step + 1, step):
        number = int.from_bytes(journal[start : start + 4], "big")
        pages[number] = journal[start + _FRAME_HEADER : start + step]
    return pages


def rows_of(pages: Pages, wanted: Callable[[int], bool]) -> Iterator[RawRow]:
    """Yield the rows with a number of columns that is wanted; what makes no sense is passed over."""
    for number in sorted(pages):
        page = pages[number]
        header = _FIRST_PAGE_HEADER if number == 1 else 0
        if page[header] != _LEAF:
            continue
        count = int.from_bytes(page[header + 3 : header + 5], "big")
        for place in range(header + 8, min(header + 8 + 2 * count, PAGE - 1), 2):
            row = _row(pages, page, int.from_bytes(page[place : place + 2], "big"), wanted)
            if row is not None:
                yield row


def _row(pages: Pages, page: bytes, start: int, wanted: Callable[[int], bool]) -> RawRow | None:
    try:
        length, place = _varint(page, start)
        row_id, place = _varint(page, place)
        payload = _payload(pages, page, place, length)
        header_length, at = _varint(payload, 0)
        kinds: list[int] = []
        while at < header_length:
            kind, at = _varint(payload, at)
            kinds.append(kind)
        return RawRow(row_id, _values(payload, header_length, kinds)) if wanted(len(kinds)) else None
    except (IndexError, KeyError, ValueError, struct.error):
        return None  # it was overwritten, or never was a row


def _payload(pages: Pages, page: bytes, place: int, length: int) -> bytes:
    if length <= _MOST_LOCAL:
        return page[place : place + length]
    local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % _OVERFLOW
    local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    found = bytearray(page[place : place + local])
    following = int.from_bytes(page[place + local : place + local + 4], "big")
    for _ in range((length - local + _OVERFLOW - 1) // _OVERFLOW):
        found += pages[following][4:]
        following = int.from_bytes(pages[following][:4], "big")
    return bytes(found[:length])


def _values(payload: bytes, place: int, kinds: list[int]) -> tuple[Value, ...]:
    values: list[Value] = []
    for kind in kinds:
        length = _length(kind)
        data = payload[place : place + length]
        if len(data) < length:
            raise ValueError("the row is longer than what there is of it")
        values.append(_value(kind, data))
        place += length
    return tuple(values)


def _length(kind: int) -> int:
    if kind >= _BLOB:
        return (kind - _BLOB) // 2
    if kind in _CONSTANTS:
        return 0
    return 8 if kind == 7 else _INTEGERS[kind]  # noqa: PLR2004 - a float's kind in SQLite's format


def _value(kind: int, data: bytes) -> Value:
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if kind >= _BLOB:
        return data.decode() if kind % 2 else data
    number: float = struct.unpack(">d", data)[0]
    return number


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(_VARINT_BYTES):
        byte = data[place + count]
        if count == _VARINT_BYTES - 1:
            return value << 8 | byte, place + count + 1
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, place + count + 1
    raise ValueError("no number")
