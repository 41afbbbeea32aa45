"""Named SQL."""

import pytest

from cloud_api.db.queries import NamedQueries, parse_queries


def test_a_file_is_split_at_its_names() -> None:
    text = "-- a file's own remark\n\n-- name: one\nselect 1;\n\n-- name: two\n-- why\nselect 2\n"

    assert parse_queries(text) == {"one": b"select 1", "two": b"-- why\nselect 2"}


@pytest.mark.parametrize(
    "text",
    ["select 1", "-- name: one\nselect 1\n-- name: one\nselect 2", "-- name: one\n\n-- name: two\nselect 2"],
)
def test_a_file_that_is_not_plain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"SQL before|comes twice"):
        parse_queries(text)


def test_a_packages_file_is_read_when_it_is_needed() -> None:
    queries = NamedQueries("cloud_api.db", "candidate_event_repo.sql")

    assert queries.names() == {"log_event", "log_events", "latest_status", "history", "rank_counts"}
    assert queries["rank_counts"].startswith(b"select")
    with pytest.raises(KeyError):
        queries["nothing"]


def test_a_file_that_is_not_there_is_missed_at_first_use_only() -> None:
    queries = NamedQueries("cloud_api.db", "nothing.sql")
    with pytest.raises(FileNotFoundError):
        queries["one"]
