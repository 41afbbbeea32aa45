"""The ZIP of an export: names, tables, and that it is streamed."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zipstream import ZipStream

from protocol.export_archive import COLUMNS, Entry, Missing, ResumeNames, archive, person_line
from protocol.file_names import is_legal_name
from protocol.reasons import Reason
from tests.support.exports import AT, person


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
    found = person(rank_applied_for=rank)
    assert found.resume is not None
    named = found.model_copy(update={"resume": found.resume.model_copy(update={"filename": filename})})
    assert ResumeNames().take(named) == path


@given(st.lists(st.tuples(st.text(max_size=40), st.text(min_size=1, max_size=150)), max_size=12))
def test_any_names_are_legal_and_differ_also_where_case_does_not_count(pairs: list[tuple[str, str]]) -> None:
    names = ResumeNames()
    found = []
    for rank, filename in pairs:
        one = person(rank_applied_for=rank)
        assert one.resume is not None
        found.append(
            names.take(
                one.model_copy(update={"resume": one.resume.model_copy(update={"filename": filename})})
            )
        )
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
        (person("0001"), b"%PDF one"),
        (person("0002"), Missing(Reason.RESUME_ONLY_ELSEWHERE, "Laptop", AT)),
        (person("0003", resume=False), Missing(Reason.EXPORT_NO_RESUME)),
    ]
    data = b"".join(archive(ZipStream(), entries))
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
        yield person("0001"), b"%PDF one"
        raise ConnectionError

    got = io.BytesIO()
    with pytest.raises(ConnectionError):
        got.writelines(archive(ZipStream(), entries()))
    assert got.getvalue()
    assert not zipfile.is_zipfile(got)


def test_thousands_of_resumes_take_hardly_more_room_than_some() -> None:
    some, many = _most_memory(200), _most_memory(5_000)
    # 80 MB go through; what grows is the list of contents that a ZIP ends with.
    assert many < some + 20_000_000


def _most_memory(people: int) -> int:
    pdf, one = b"%PDF" + b"x" * 16_000, person("0001")
    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in archive(ZipStream(), ((one, pdf) for _ in range(people))))
        assert length > people * len(pdf)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
