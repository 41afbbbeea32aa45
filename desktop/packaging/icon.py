"""The program's icon: the page's own (`web_ui/public/favicon.svg`), drawn at each size that a system wants.

Each shape is a function that says how far a point is from its edge, so that an edge is as smooth at 16 pixels
as at 512, and what lies far from every edge is filled in one go. Standard library only, and the same bytes
each time.
"""

import functools
import itertools
import math
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from desktop.packaging.product import ROOT

Point = tuple[float, float]
Distance = Callable[[float, float], float]
"""How far a point is from a shape's edge; below 0 inside."""

SVG = ROOT / "web_ui" / "public" / "favicon.svg"
VIEW = 32.0
LINUX_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

_ICO_SIZES = (16, 24, 32, 48, 64, 256)
_ICNS_KINDS = ((b"ic11", 32), (b"ic12", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512))
_AS_PNG = 256
"""From this size on Windows wants a PNG inside of its icons, and below it a bitmap."""

_HULL: tuple[Point, ...] = (
    *((7, 19.5), (25, 19.5), (22.4, 24.7), (22.05, 25.22), (21.55, 25.63), (21.0, 25.8)),
    *((20.6, 25.8), (11.4, 25.8), (11.0, 25.8), (10.45, 25.63), (9.95, 25.22), (9.6, 24.7)),
)
_SAIL: tuple[Point, ...] = ((11, 17), (11, 7.5), (21, 17), (21, 7.5))
_SAIL_WIDTH = 2.6
_CORNER = 7.0


def png_bytes(size: int) -> bytes:
    """Return the icon as a PNG of so many pixels a side."""
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    rows = b"".join(b"\0" + row for row in _rows(size))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def ico_bytes() -> bytes:
    """Return the icon as Windows wants it: several sizes in one file."""
    images = [png_bytes(size) if size >= _AS_PNG else _bitmap(size) for size in _ICO_SIZES]
    offset = 6 + 16 * len(images)
    entries = []
    for size, image in zip(_ICO_SIZES, images, strict=True):
        entries.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset))
        offset += len(image)
    return struct.pack("<HHH", 0, 1, len(images)) + b"".join(entries) + b"".join(images)


def icns_bytes() -> bytes:
    """Return the icon as macOS wants it: several sizes in one file."""
    parts = [(kind, png_bytes(size)) for kind, size in _ICNS_KINDS]
    body = b"".join(kind + struct.pack(">I", len(image) + 8) + image for kind, image in parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write_linux_icons(hicolor: Path) -> None:
    """Write the icon in each size where Linux desktops look for one, below a folder `hicolor`."""
    for size in LINUX_SIZES:
        _write(hicolor / f"{size}x{size}" / "apps" / "njordhr.png", png_bytes(size))
    _write(hicolor / "scalable" / "apps" / "njordhr.svg", SVG.read_bytes())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bitmap(size: int) -> bytes:
    """Return a bitmap of an icon: from the bottom up, blue first, and an empty mask after it."""
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    pixels = bytearray()
    for row in reversed(_rows(size)):
        for at in range(0, len(row), 4):
            pixels += bytes((row[at + 2], row[at + 1], row[at], row[at + 3]))
    return header + bytes(pixels) + bytes((size + 31) // 32 * 4 * size)


@functools.cache
def _rows(size: int) -> tuple[bytes, ...]:
    """Draw the icon: a row of red, green, blue and alpha each."""
    rows = [bytearray(4 * size) for _ in range(size)]
    _fill(rows, (0, 0, size, size), VIEW / size)
    return tuple(map(bytes, rows))


def _fill(rows: list[bytearray], box: tuple[int, int, int, int], unit: float) -> None:
    """Fill a box at once where no edge is near, else in quarters, down to the pixel."""
    left, top, right, bottom = box
    x, y = (left + right) / 2 * unit, (top + bottom) / 2 * unit
    distances = [shape(x, y) for shape, _ in SHAPES]
    reach = math.hypot(right - left, bottom - top) / 2 * unit + unit
    is_pixel = right - left <= 1 and bottom - top <= 1
    if is_pixel or all(abs(distance) > reach for distance in distances):
        pixel = _colour(distances, unit)
        for row in rows[top:bottom]:
            row[4 * left : 4 * right] = pixel * (right - left)
        return
    across, down = (left + right + 1) // 2, (top + bottom + 1) // 2
    for part in (
        (left, top, across, down),
        (across, top, right, down),
        (left, down, across, bottom),
        (across, down, right, bottom),
    ):
        if part[0] < part[2] and part[1] < part[3]:
            _fill(rows, part, unit)


def _colour(distances: list[float], unit: float) -> bytes:
    """Lay the shapes over each other, an edge as wide as one pixel."""
    red = green = blue = alpha = 0.0
    for distance, (_, colour) in zip(distances, SHAPES, strict=True):
        cover = min(max(0.5 - distance / unit, 0.0), 1.0)
        rest = alpha * (1 - cover)
        total = cover + rest
        if total:
            mixed = [
                (new * cover + old * rest) / total
                for new, old in zip(colour, (red, green, blue), strict=True)
            ]
            red, green, blue = mixed
        alpha = total
    return bytes((round(red), round(green), round(blue), round(255 * alpha)))


def _square(x: float, y: float) -> float:
    across = abs(x - VIEW / 2) - VIEW / 2 + _CORNER
    down = abs(y - VIEW / 2) - VIEW / 2 + _CORNER
    return math.hypot(max(across, 0), max(down, 0)) + min(max(across, down), 0) - _CORNER


def _hull(x: float, y: float) -> float:
    nearest, is_inside = math.inf, False
    for (x1, y1), (x2, y2) in zip(_HULL, (*_HULL[1:], _HULL[0]), strict=True):
        nearest = min(nearest, _from_line(x, y, (x1, y1), (x2, y2)))
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return -nearest if is_inside else nearest


def _sail(x: float, y: float) -> float:
    lines = itertools.pairwise(_SAIL)
    return min(_from_line(x, y, start, end) for start, end in lines) - _SAIL_WIDTH / 2


def _from_line(x: float, y: float, start: Point, end: Point) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * along_x + (y - start[1]) * along_y) / (along_x**2 + along_y**2)
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)


SHAPES: tuple[tuple[Distance, tuple[int, int, int]], ...] = (
    (_square, (0x0B, 0x3B, 0x49)),
    (_hull, (0xF2, 0xB8, 0x4B)),
    (_sail, (0xFF, 0xFF, 0xFF)),
)
"""The shapes with their colours, the lowest first."""
