"""Named SQL: ``.sql`` files beside the code that uses them, one query a block.

A block begins with ``-- name: some_name`` and ends where the next begins. Files are read at first use.

Example:
    >>> queries = NamedQueries("cloud_api.db", "candidate_event_repo.sql")
    >>> "history" in queries.names()
    True
"""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files

_HEAD = re.compile(r"^-- name: *([a-z_][a-z0-9_]*) *$", re.MULTILINE)


class NamedQueries:
    """The queries of one file of a package."""

    def __init__(self, package: str, filename: str) -> None:
        """Remember which file; it is read at first use."""
        self._package = package
        self._filename = filename

    def __getitem__(self, name: str) -> bytes:
        """Return the query's text, as psycopg takes it.

        Raises:
            KeyError: the file has no query of this name.
        """
        return self._queries[name]

    def names(self) -> frozenset[str]:
        """Return the names of all queries of the file."""
        return frozenset(self._queries)

    @cached_property
    def _queries(self) -> Mapping[str, bytes]:
        text = files(self._package).joinpath(self._filename).read_text(encoding="utf-8")
        return parse_queries(text)


def parse_queries(text: str) -> dict[str, bytes]:
    """Split the text of a file into its named queries.

    Raises:
        ValueError: a name comes twice, a query is empty, or there is SQL before the first name.
    """
    parts = _HEAD.split(text)
    if any(line.strip() and not line.startswith("--") for line in parts[0].splitlines()):
        raise ValueError("there is SQL before the first name")
    queries: dict[str, bytes] = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        if name in queries or not body.strip():
            raise ValueError(f"the query {name} comes twice or is empty")
        queries[name] = body.strip().rstrip(";").encode()
    return queries
