import base64
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_api.db.keyset import Position, decode, encode
from cloud_api.errors import InvalidRequest
from protocol.reasons import Reason

ROW = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")


def coded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(moment=st.datetimes(timezones=st.just(UTC)), row_id=st.uuids())
def test_a_position_comes_back_to_the_microsecond(moment: datetime, row_id: UUID) -> None:
    assert decode(encode(Position(moment, row_id))) == Position(moment, row_id)


@pytest.mark.parametrize("cursor", ["", None])
def test_no_cursor_is_the_beginning(cursor: str | None) -> None:
    assert decode(cursor) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "ü",
        "a" * 5000,
        coded("2026-11-12T08:00:00+00:00"),
        coded(f"2026-11-12T08:00:00|{ROW}"),
        coded(f"yesterday|{ROW}"),
        coded("2026-11-12T08:00:00+00:00|7"),
        coded("|"),
    ],
)
def test_what_is_no_cursor_is_refused_by_name(cursor: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode(cursor)
    assert refused.value.reason is Reason.REQUEST_INVALID
    assert refused.value.detail == "cursor: not one of this list"
