"""How many of what the records hold, by state and reason: numbers for support, and nobody in them."""

import sqlite3
from collections.abc import Mapping

_QUESTIONS: Mapping[str, str] = {
    "jobs": "select status, reason, count(*) from jobs group by 1, 2",
    "people": "select state, reason, count(*) from listings group by 1, 2",
    "resumes": "select 'stored', null, count(*) from resumes",
    "events": "select iif(parked, 'parked', 'waiting'), reason, count(*) from outbox group by 1, 2",
    "uploads": "select iif(parked, 'parked', 'waiting'), reason, count(*) from uploads group by 1, 2",
}


def tallies(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Return how many there are: ``jobs/failed/portal.too-slow`` -> 3."""
    found = {
        "/".join(filter(None, (what, str(row[0]), row[1]))): int(row[2])
        for what, question in _QUESTIONS.items()
        for row in connection.execute(question)
    }
    found["schema"] = int(connection.execute("pragma user_version").fetchone()[0])
    return found
