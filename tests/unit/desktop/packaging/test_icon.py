"""The icon is the page's, at each size and in each system's file."""

import struct
from pathlib import Path
from typing import Any

import pytest

from desktop.packaging.icon import LINUX_SIZES, SVG, icns_bytes, ico_bytes, png_bytes, write_linux_icons

QtGui = pytest.importorskip("PySide6.QtGui", reason="Qt reads what was drawn; only Linux has it")
QtSvg = pytest.importorskip("PySide6.QtSvg", reason="as above")


def _image(data: bytes) -> Any:
    image = QtGui.QImage.fromData(data)
    assert not image.isNull()
    return image.convertToFormat(QtGui.QImage.Format.Format_RGBA8888)


def _pixels(image: Any) -> bytes:
    return bytes(image.constBits())[: 4 * image.width() * image.height()]


@pytest.mark.parametrize("size", [16, 48, 64])
def test_it_looks_like_the_pages_icon(size: int) -> None:
    wanted = QtGui.QImage(size, size, QtGui.QImage.Format.Format_RGBA8888)
    wanted.fill(0)
    painter = QtGui.QPainter(wanted)
    QtSvg.QSvgRenderer(SVG.read_bytes()).render(painter)
    painter.end()
    drawn = _pixels(_image(png_bytes(size)))
    differences = [abs(one - other) for one, other in zip(drawn, _pixels(wanted), strict=True)]
    assert sum(differences) / len(differences) < 2
    assert sum(difference > 64 for difference in differences) < len(differences) / 100


def test_windows_finds_each_size_in_its_file() -> None:
    data = ico_bytes()
    assert data == ico_bytes()
    kind, count = struct.unpack_from("<HH", data, 2)
    assert (kind, count) == (1, 6)
    for at in range(count):
        width, _, _, _, _, bits, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * at)
        assert bits == 32
        assert offset + length <= len(data)
        one = struct.pack("<HHH", 0, 1, 1) + data[6 + 16 * at : 18 + 16 * at] + struct.pack("<I", 22)
        alone = _image(one + data[offset : offset + length])
        assert alone.width() == (width or 256)
        pairs = zip(_pixels(alone), _pixels(_image(png_bytes(width or 256))), strict=True)
        differences = [abs(one - other) for one, other in pairs]
        assert sum(differences) / len(differences) < 1  # Qt rounds what it reads of a bitmap


def test_macos_finds_each_size_in_its_file() -> None:
    data = icns_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4) == (len(data),)
    at, sizes = 8, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at + 4)
        sizes.append(struct.unpack_from(">I", data, at + 8 + 16)[0])
        at += length
    assert sizes == [32, 64, 128, 256, 512]


def test_linux_finds_each_size_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "hicolor"
    write_linux_icons(folder)
    assert len(list(folder.rglob("njordhr.png"))) == len(LINUX_SIZES)
    assert (folder / "scalable" / "apps" / "njordhr.svg").read_bytes() == SVG.read_bytes()
