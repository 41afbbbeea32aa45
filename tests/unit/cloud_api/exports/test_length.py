"""What is said before a ZIP is made is never less than it needs."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_api.exports.length import MISSING_BYTES, FileSizes, TableSizes, most_bytes
from protocol.export_archive import Entry, Found, Missing, archive
from protocol.exports import ExportRow
from protocol.reasons import Reason
from tests.support.exports import AT, person

_REASONS = (Reason.CANDIDATE_DELETED, Reason.RESUME_ONLY_ELSEWHERE, Reason.RESUME_LOST_IN_STORE)
_TEXT = st.text(st.sampled_from('ab";\t\r\n=0\u0958\U0001d15e'), max_size=30)
_FOUND = st.one_of(
    st.binary(min_size=1, max_size=900).map(lambda data: Found(data, zlib.crc32(data))),
    st.builds(Missing, st.sampled_from(_REASONS), _TEXT, st.sampled_from([None, AT])),
)


def _of(text: str) -> int:
    return len(text.encode()) + sum(char in '";\t\r\n' for char in text)


def _texts(row: ExportRow, device: str) -> int:
    once = (row.status, row.notes, row.search_ship_type, row.ai_search_prompt, row.ai_match_reason)
    more = (row.present_rank, row.email, row.country, row.mobile_no)
    twice = (row.candidate_id, row.filename, row.rank_applied_for, row.name, device)
    return sum(map(_of, once + more)) + 2 * sum(map(_of, twice))


@settings(max_examples=60)
@given(st.lists(st.tuples(_TEXT, _TEXT, _FOUND, st.booleans()), max_size=8))
def test_any_export_goes_into_its_length(given: list[tuple[str, str, Found | Missing, bool]]) -> None:
    entries: list[Entry] = []
    texts = paths = files = file_bytes = 0
    for text, name, found, is_lost in given:
        row = person(text, filename=name, notes=text, rank_applied_for=name, name=text, country=text).row
        texts += _texts(row, found.device_name if isinstance(found, Missing) else "")
        if isinstance(found, Found):
            files += 1
            file_bytes += max(len(found.data), MISSING_BYTES)
            paths += min(121, 12 + 3 * len(name.encode())) + min(361, 7 + 3 * len(name.encode()))
        becomes = Missing(Reason.RESUME_LOST_IN_STORE) if is_lost and isinstance(found, Found) else found
        entries.append((row, becomes))
    tables = TableSizes(len(entries), len(entries) - files, texts)
    length = most_bytes(tables, FileSizes(files, file_bytes, paths))
    assert sum(map(len, archive(entries, AT, length))) == length


def test_a_large_one_has_room_for_what_is_longer_in_it() -> None:
    small = most_bytes(TableSizes(1, 0, 100), FileSizes(1, 1000, 40))
    assert most_bytes(TableSizes(1, 0, 100), FileSizes(1, 2**32 + 1000, 40)) - small > 2**32
