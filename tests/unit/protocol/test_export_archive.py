"""The ZIP of an export: names, tables, and that it is streamed."""

import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.export_archive import COLUMNS, Entry, Found, Missing, ResumeNames, archive, person_line
from protocol.file_names import is_legal_name
from protocol.packed_table import TooLongError
from protocol.reasons import Reason
from tests.support.exports import AT, person


def _found(data: bytes) -> Found:
    return Found(data, zlib.crc32(data))


def test_the_columns_are_the_old_tools() -> None:
    assert len(COLUMNS) == 16
    line = person_line(person(notes="a,b").row, "resumes/2nd_Officer/x.pdf").decode()
    assert line == (
        "'0042,2nd_Officer_0042.pdf,resumes/2nd_Officer/x.pdf,2026-11-12T08:00:00.000000Z,"
        'initial_verification,New,"a,b",2nd Officer,Bulk Carrier,,,Seafarer 0042,3rd Officer,'
        "seafarer0042@example.com,India,'+49 170 0042\r\n"
    )


@pytest.mark.parametrize(
    ("rank", "filename", "path"),
    [
        ("Repair Yard / Dry Dock", "a.pdf", "resumes/Repair_Yard_-_Dry_Dock/a.pdf"),
        ("", "a.PDF", "resumes/Unknown_Rank/a.pdf"),
        ("../../etc", "..\\..\\passwd.pdf", "resumes/-..-etc/-..-passwd.pdf"),
        ("CON", "nul.pdf", "resumes/_CON/_nul.pdf"),
        ("Master", ".pdf", "resumes/Master/resume.pdf"),
        ("Master", "Größe 2 .pdf", "resumes/Master/Größe_2.pdf"),
        ("Master", "a:b?.pdf", "resumes/Master/a-b-.pdf"),
    ],
)
def test_names_lead_nowhere_else_and_are_legal_on_windows(rank: str, filename: str, path: str) -> None:
    assert ResumeNames().take(person(rank_applied_for=rank, filename=filename).row) == path


@given(st.lists(st.tuples(st.text(max_size=40), st.text(min_size=1, max_size=150)), max_size=12))
def test_any_names_are_legal_and_differ_also_where_case_does_not_count(pairs: list[tuple[str, str]]) -> None:
    names = ResumeNames()
    found = [names.take(person(rank_applied_for=rank, filename=name).row) for rank, name in pairs]
    assert len({path.casefold() for path in found}) == len(found)
    for path in found:
        top, folder, name = path.split("/")
        assert top == "resumes"
        assert is_legal_name(folder)
        assert is_legal_name(name)
        assert name.endswith(".pdf")
        assert len(name.encode()) < 200


def test_people_and_what_is_missing_are_in_their_tables() -> None:
    entries: list[Entry] = [
        (person("0001").row, _found(b"%PDF one")),
        (person("0002").row, Missing(Reason.RESUME_ONLY_ELSEWHERE, "Laptop", AT)),
        (person("0003", resume=False).row, Missing(Reason.EXPORT_NO_RESUME)),
    ]
    data = b"".join(archive(entries, AT))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        people = made.read("selected_candidates.csv").decode("utf-8-sig").splitlines()
        missing = made.read("missing.csv").decode("utf-8-sig").splitlines()
        assert made.getinfo("resumes/2nd_Officer/2nd_Officer_0001.pdf").compress_type == zipfile.ZIP_STORED
    assert [line.split(",")[0] for line in people] == ["Candidate_ID", "'0001", "'0002", "'0003"]
    assert [line.split(",")[0] for line in missing[1:]] == ["'0002", "'0003"]
    assert "Laptop,resume.only-elsewhere" in missing[1]


def test_one_that_breaks_off_is_no_zip() -> None:
    def entries() -> Iterator[Entry]:
        yield person("0001").row, _found(b"%PDF one")
        raise ConnectionError

    got = io.BytesIO()
    with pytest.raises(ConnectionError):
        got.writelines(archive(entries(), AT))
    assert got.getvalue()
    assert not zipfile.is_zipfile(got)


@pytest.mark.parametrize("more", [0, *range(8, 20), 200_003])
def test_one_of_a_promised_length_is_read_by_whoever_cannot_go_back_too(more: int) -> None:
    entries: list[Entry] = [(person("0001").row, _found(b"%PDF one"))]
    plain = b"".join(archive(entries, AT))
    made = b"".join(archive(entries, AT, len(plain) + more))
    assert len(made) == len(plain) + more
    with zipfile.ZipFile(io.BytesIO(made)) as padded, zipfile.ZipFile(io.BytesIO(plain)) as short:
        assert padded.testzip() is None
        assert [padded.read(name) for name in padded.namelist()] == [
            short.read(name) for name in short.namelist()
        ]
        last = padded.infolist()[-1]
        assert last.header_offset + 30 + len("missing.csv") + last.compress_size <= padded.start_dir


def test_one_that_does_not_go_into_its_length_is_broken_off() -> None:
    entries: list[Entry] = [(person("0001").row, _found(b"x" * 1000))]
    length = len(b"".join(archive(entries, AT)))
    for too_short in (10, length - 1, length + 7):
        with pytest.raises(TooLongError):
            b"".join(archive(entries, AT, too_short))


def test_thousands_of_resumes_take_hardly_more_room_than_some() -> None:
    some, many = _most_memory(200), _most_memory(5_000)
    # 80 MB go through; what grows is the list of contents that a ZIP ends with.
    assert many < some + 20_000_000


def _most_memory(people: int) -> int:
    pdf, one = _found(b"%PDF" + b"x" * 16_000), person("0001").row
    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in archive(((one, pdf) for _ in range(people)), AT))
        assert length > people * len(pdf.data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
