"""What stands around the files of a ZIP, read by the standard library."""

import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from protocol.zip_layout import BIG, END_BYTES, HEAD_BYTES, ZipLayout, padding

AT = datetime(2026, 11, 24, 16, 30, 8, tzinfo=UTC)
DATA = b"%PDF-1.7 synthetic"


def test_a_zip_that_programs_read_back_and_forth(tmp_path: Path) -> None:
    layout = ZipLayout(AT)
    pieces = []
    for path in ("a/one.pdf", "a/gr\u00f6\u00dfe.pdf"):
        pieces += [layout.head(path, zlib.crc32(DATA), len(DATA), extra=padding(11)), DATA]
    made = tmp_path / "made.zip"
    made.write_bytes(b"".join(pieces) + layout.end())
    with zipfile.ZipFile(made) as read:
        assert read.testzip() is None
        assert read.namelist() == ["a/one.pdf", "a/gr\u00f6\u00dfe.pdf"]
        assert read.infolist()[0].date_time == (2026, 11, 24, 16, 30, 8)


@pytest.mark.parametrize("start", [0, BIG - 200, BIG, BIG + 5])
@pytest.mark.parametrize("is_big", [False, True])
def test_one_of_more_than_4_gib(tmp_path: Path, start: int, is_big: bool) -> None:
    made = tmp_path / "made.zip"
    layout = ZipLayout(AT, length=start, is_big=is_big)
    with made.open("wb") as file:
        file.seek(start)  # a hole that costs no room on the disk
        for number in range(4):
            said = layout.length_with(str(number), len(DATA), is_big=is_big)
            file.write(layout.head(str(number), zlib.crc32(DATA), len(DATA), is_big=is_big) + DATA)
        if is_big or start == 0:
            assert said == layout.length + len(layout.end())
        file.write(layout.end())
    with zipfile.ZipFile(made) as read:
        assert [read.read(name) for name in read.namelist()] == [DATA] * 4


def test_a_file_of_more_than_4_gib_says_so() -> None:
    layout = ZipLayout(AT)
    head = layout.head("big", 0, BIG + 1)
    assert (BIG + 1).to_bytes(8, "little") in head
    assert (BIG + 1).to_bytes(8, "little") in layout.end()


def test_no_file_costs_more_than_is_said() -> None:
    layout = ZipLayout(AT, length=BIG)
    before = layout.length
    head = layout.head("x" * 100, 1, 2)
    assert layout.length - before == len(head) + 2
    assert len(head) + len(layout.end()) - END_BYTES <= HEAD_BYTES + 200
