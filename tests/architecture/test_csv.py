"""Every CSV that the product writes is one that a spreadsheet shows as it is: one test for all of them."""

import ast
import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_api.audit.schemas import AuditEntry
from cloud_api.audit.table import COLUMNS as AUDIT_COLUMNS
from cloud_api.audit.table import HEAD as AUDIT_HEAD
from cloud_api.audit.table import row_of
from protocol import export_archive, spreadsheet
from protocol.export_archive import Missing, missing_line, person_line
from protocol.exports import ExportRow
from protocol.reasons import Reason
from protocol.spreadsheet import text_of
from tests.support.tree import ROOT, product_modules

AT = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
ID = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")
SHA = "0" * 64
RUNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def people(text: str) -> tuple[bytes, bytes]:
    row = ExportRow(
        candidate_id=text, filename=text, date_added=AT, event_type="", status=text, notes=text,
        rank_applied_for=text, search_ship_type=text, ai_search_prompt=text, ai_match_reason=text, name=text,
        present_rank=text, email=text, country=text, mobile_no=text,
    )  # fmt: skip
    return spreadsheet.head(export_archive.COLUMNS), person_line(row, text)


def missing(text: str) -> tuple[bytes, bytes]:
    row = ExportRow(
        candidate_id=text, filename=text, date_added=AT, event_type="", status="", notes="",
        rank_applied_for=text, search_ship_type="", ai_search_prompt="", ai_match_reason="", name=text,
        present_rank="", email="", country="", mobile_no="",
    )  # fmt: skip
    line = missing_line(row, Missing(Reason.RESUME_ONLY_ELSEWHERE, text, AT))
    return spreadsheet.head(export_archive.MISSING_COLUMNS), line


def audit(text: str) -> tuple[bytes, bytes]:
    entry = AuditEntry(
        entry_id=7, at=AT, user_id=ID, user_name=text, is_named=True, device_id=ID, device_name=text,
        address=text,
        action=text, subject_type=text, subject_id=text, subject_name=text, candidate_id=ID,
        candidate_name=text, candidate_is_deleted=False, details={"x": text}, trace_id=text,
    )  # fmt: skip
    return AUDIT_HEAD, row_of(entry)


WRITERS: dict[str, Callable[[str], tuple[bytes, bytes]]] = {
    "selected_candidates.csv": people,
    "missing.csv": missing,
    "audit.csv": audit,
}
"""File -> what makes its head and a row with this text wherever somebody else's text can stand."""

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "Oslo;=1+1", "a\n=1",
    "=cmd|'/C calc'!A0", "\u200b=1", "\uff1d1+1", "0042", "007", "1E5", "00:10", "2026-11-12", "1/2",
    "true", '"', '","=1', "",
)  # fmt: skip


def cells(line: bytes) -> list[str]:
    (row,) = csv.reader(io.StringIO(line.decode(), newline=""))
    return row


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_run_and_every_text_comes_back(name: str, text: str) -> None:
    _check(name, text)


@pytest.mark.parametrize("name", WRITERS)
@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_at_all_is_run(name: str, text: str) -> None:
    if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        return
    _check(name, text)


def _check(name: str, text: str) -> None:
    head, line = WRITERS[name](text)
    assert head.startswith(b"\xef\xbb\xbf")
    row = cells(line)
    assert len(row) == len(cells(head[3:]))
    assert text in [text_of(shown) for shown in row]
    for shown in row:
        assert not shown or shown[0] not in RUNS
        assert not re.search(rf"[;\t\r\n]\s*[{re.escape(RUNS)}]", shown)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("number", ["0042", "00", "000777"])
def test_leading_zeros_survive(name: str, number: str) -> None:
    _, line = WRITERS[name](number)
    assert f"'{number}" in cells(line)


def test_the_product_writes_no_other_csv() -> None:
    """One module writes CSV, and whoever asks it to is in the list above."""
    imports, users = set(), set()
    for module in product_modules():
        tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            )
            source = node.module if isinstance(node, ast.ImportFrom) else None
            if "csv" in names and source is None:
                imports.add(module)
            if source == "protocol.spreadsheet" or (source == "protocol" and "spreadsheet" in names):
                users.add(module)
    assert imports == {"protocol/spreadsheet.py"}
    assert users == {"protocol/export_archive.py", "cloud_api/audit/table.py"}


def test_the_list_is_whole() -> None:
    text = "".join((ROOT / module).read_text(encoding="utf-8") for module in product_modules())
    files = set(re.findall(r'"([a-z_]+\.csv)"', text)) | {"audit.csv"}
    assert files == set(WRITERS)
    assert len(AUDIT_COLUMNS) == len(set(AUDIT_COLUMNS))
