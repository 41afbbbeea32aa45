"""Read DER, the encoding of signatures and certificates: strictly, and only what Authenticode needs.

Example:
    >>> [part.content.hex() for part in read(bytes.fromhex("3006020101040141")).parts()]
    ['01', '41']
"""

from dataclasses import dataclass

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
OCTETS = 0x04
OBJECT_ID = 0x06

_LONG_FORM = 0x80
_MULTI_BYTE_TAG = 0x1F
_LONGEST_LENGTH = 4


class DerError(ValueError):
    """These bytes are not what they should be."""


@dataclass(frozen=True)
class Element:
    """One value: its tag, what it contains, and all its bytes with tag and length."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> tuple["Element", ...]:
        """Return the values inside this one.

        Raises:
            DerError: it does not consist of values.
        """
        found, at = [], 0
        while at < len(self.content):
            element = read_first(self.content[at:])
            found.append(element)
            at += len(element.whole)
        return tuple(found)

    def part(self, index: int, tag: int) -> "Element":
        """Return the value at this place, which must have this tag.

        Raises:
            DerError: it is not there, or another one is.
        """
        parts = self.parts()
        if not index < len(parts) or parts[index].tag != tag:
            raise DerError(f"no value with tag {tag:#x} at place {index}")
        return parts[index]


def read(data: bytes) -> Element:
    """Return the one value that these bytes are.

    Raises:
        DerError: they are not, or there is more.
    """
    element = read_first(data)
    if len(element.whole) != len(data):
        raise DerError("there is more than one value")
    return element


def read_first(data: bytes) -> Element:
    """Return the value that these bytes begin with.

    Raises:
        DerError: they begin with none.
    """
    if len(data) < 2 or data[0] & _MULTI_BYTE_TAG == _MULTI_BYTE_TAG:  # noqa: PLR2004 - a tag and a length
        raise DerError("no tag and length")
    start, length = _length(data)
    end = start + length
    if end > len(data):
        raise DerError("the value is cut off")
    return Element(data[0], data[start:end], data[:end])


def _length(data: bytes) -> tuple[int, int]:
    """Return where the content begins, and how many bytes it has; only the shortest form is DER."""
    first = data[1]
    if first < _LONG_FORM:
        return 2, first
    count = first - _LONG_FORM
    digits = data[2 : 2 + count]
    if not 1 <= count <= _LONGEST_LENGTH or len(digits) != count:
        raise DerError("no definite length")
    length = int.from_bytes(digits, "big")
    if digits[0] == 0 or length < _LONG_FORM:
        raise DerError("not the shortest form of a length")
    return 2 + count, length
