"""What row-level security costs: counting one office's events among 1,000,000 of 20, with it and without.

Both count the same rows on the same connection: as a recruiter of the office, whom the policies show nothing
else (and for whom organisation, role and active are looked up at each statement), and as the superuser with
the office as a condition. What those look-ups cost by themselves shows in a question about few rows, of which
nothing is promised.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from cloud_api.db.migrate import migrate
from cloud_api.db.unit_of_work import Claims, become
from demo.postgres import LocalPostgres

OFFICES = 20
EVENTS = 1_000_000
EACH = 25  # events a person
ROUNDS = 25
PROMISED = 1.3
_FILL = f"""
set session_replication_role = replica;
insert into app.organisations (id, name)
select md5('office ' || n)::uuid, 'Office ' || n from generate_series(1, {OFFICES}) n;
insert into auth.users (id, email) select md5('person ' || n)::uuid, n || '@example.com'
from generate_series(1, {OFFICES}) n;
insert into app.users (id, email) select md5('person ' || n)::uuid, n || '@example.com'
from generate_series(1, {OFFICES}) n;
insert into app.memberships (user_id, organisation_id, role)
select md5('person ' || n)::uuid, md5('office ' || n)::uuid, 'recruiter' from generate_series(1, {OFFICES}) n;
insert into app.candidates (id, organisation_id, candidate_external_id)
select md5('candidate ' || n)::uuid, md5('office ' || (n % {OFFICES} + 1))::uuid, n::text
from generate_series(1, {EVENTS // EACH}) n;
insert into app.candidate_events (id, organisation_id, candidate_id, event_type, notes, resulting_version,
  created_by_user_id, created_at)
select md5('event ' || n)::uuid, md5('office ' || (c % {OFFICES} + 1))::uuid, md5('candidate ' || c)::uuid,
  'note_added', 'Called, wants to sail in spring', 1, md5('person ' || (c % {OFFICES} + 1))::uuid,
  timestamptz '2026-01-01' + n * interval '25 seconds'
from (select n, n % {EVENTS // EACH} + 1 as c from generate_series(1, {EVENTS}) n) made;
set session_replication_role = origin;
"""
_COUNT = "select count(*) from app.candidate_events"
_HISTORY = "select * from app.candidate_events where candidate_id = %(candidate_id)s order by position desc"


def main() -> bool:
    """Print the times and their ratios; tell whether all are as promised."""
    with tempfile.TemporaryDirectory(prefix="njordhr-tenancy-") as folder:
        Path(folder).chmod(0o755)  # root's server runs as another user; the data folder stays closed
        server = LocalPostgres(Path(folder) / "data", durable=False)
        try:
            server.start()
            migrate(server.admin_url())
            with psycopg.connect(server.admin_url(), autocommit=True) as connection:
                fill(connection)
                return compared(connection)
        finally:
            server.remove()


def fill(connection: "psycopg.Connection[Any]") -> None:
    """Make the offices and their events."""
    began = time.perf_counter()
    connection.execute(_FILL.encode())
    connection.execute("vacuum analyze app.candidate_events, app.candidates, app.memberships")
    print(f"{EVENTS:,} events of {OFFICES} offices: {time.perf_counter() - began:.0f} s to fill")


def compared(connection: "psycopg.Connection[Any]") -> bool:
    """Compare both questions; tell whether they keep what is promised."""
    found = connection.execute(
        "select md5('office 7')::uuid, md5('person 7')::uuid, id from app.candidates"
        " where organisation_id = md5('office 7')::uuid limit 1"
    ).fetchone()
    if found is None:
        raise RuntimeError("the office has no candidates")
    office, person, candidate = found
    office_only = {"office": office, "candidate_id": candidate}
    history = _HISTORY.replace("where", "where organisation_id = %(office)s and")
    few = ((_HISTORY, office_only), (history, office_only))
    told(f"one person's {EACH} events", connection, person, *few, promised=None)
    return told(
        f"count of {EVENTS // OFFICES:,} events",
        connection,
        person,
        (_COUNT, {}),
        (f"{_COUNT} where organisation_id = %(office)s", office_only),
        promised=PROMISED,
    )


Question = tuple[str, dict[str, Any]]


def told(
    what: str,
    connection: "psycopg.Connection[Any]",
    person: UUID,
    ours: Question,
    theirs: Question,
    *,
    promised: float | None,
) -> bool:
    """Ask in turns, so that a busy moment of the machine meets both; print the medians and their ratio."""
    rounds = [
        (timed(lambda: asked(connection, ours, person)), timed(lambda: asked(connection, theirs, None)))
        for _ in range(ROUNDS)
    ]
    if asked(connection, ours, person) != asked(connection, theirs, None):
        raise RuntimeError("both must see the same rows")
    secured = statistics.median(row[0] for row in rounds)
    bare = statistics.median(row[1] for row in rounds)
    ratio = secured / bare
    kept = promised is None or ratio <= promised
    verdict = "" if promised is None else f" (<= {promised}: {'kept' if kept else 'MISSED'})"
    print(
        f"{what}: with row-level security {secured * 1000:.2f} ms, without {bare * 1000:.2f} ms;"
        f" ratio {ratio:.2f}{verdict}"
    )
    return kept


def asked(connection: "psycopg.Connection[Any]", question: Question, person: UUID | None) -> list[Any]:
    """Ask as a member of an office, or as the superuser."""
    with connection.transaction():
        become(connection, Claims(person)) if person else connection.execute("select 1, 2")
        return connection.execute(question[0].encode(), question[1]).fetchall()


def timed(call: Callable[[], object]) -> float:
    """Return how many seconds a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
