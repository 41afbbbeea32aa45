"""The schema has what sections 6.1, 6.2 and 13 of the specification name, and the protocol's words only."""

import re
from collections.abc import Iterator
from enum import StrEnum

import psycopg
import pytest

from cloud_api.accounts.schemas import Role
from cloud_api.candidates.schemas import ReviewState
from protocol.candidates import CandidateStatus
from protocol.events import EventType
from protocol.jobs import JobStatus, LogLevel, Outcome
from protocol.resumes import ResumeSource, UploadStatus
from protocol.updates import UpdateResult
from tests.support.postgres import PostgresServer
from tests.support.tree import ROOT
from tests.tenancy.introspection import Connection

SPECIFICATION = (ROOT / "docs" / "NjordHR_Online_Hybrid_Architecture_Spec.md").read_text(encoding="utf-8")
TYPES = {"timestamptz": "timestamp with time zone", "bigserial": "bigint"}
THROUGH_MEMBERSHIPS = "memberships"
"""A person's rows belong to their office as well, so they point at the membership that ties both together."""


def core_tables() -> list[tuple[str, str, str]]:
    """Return (table, column, what the specification says of it), section 6.1."""
    section = SPECIFICATION.split("### 6.1 Core tables")[1].split("### 6.2")[0]
    found, table = [], ""
    for line in section.splitlines():
        if match := re.fullmatch(r"- `(\w+)`", line):
            table = match[1]
        elif match := re.match(r"  - `(\w+) ([^`]+)`(.*)", line):
            found.append((table, match[1], match[2] + match[3]))
    return found


@pytest.fixture(scope="module")
def schema(postgres: PostgresServer) -> Iterator[Connection]:
    with postgres.database() as database, psycopg.connect(database.admin_url) as admin:
        yield admin


def columns(schema: Connection, table: str) -> dict[str, str]:
    found = schema.execute(
        "select attname, format_type(atttypid, null) from pg_attribute where attnum > 0 and not attisdropped"
        " and attrelid = to_regclass('app.' || %s)",
        [table],
    )
    return dict(found.fetchall())


def words(schema: Connection, table: str, column: str) -> set[str]:
    """Return the words that a column's check allows."""
    row = schema.execute(
        "select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and cardinality(conkey) = 1"
        " and conrelid = ('app.' || %(table)s)::regclass and conkey[1] = (select attnum from pg_attribute"
        "  where attrelid = conrelid and attname = %(column)s)"
        " and pg_get_constraintdef(oid) like '%%ARRAY%%'",
        {"table": table, "column": column},
    ).fetchone()
    return set(re.findall(r"'([^']+)'::text", row[0])) if row else set()


def points_at(schema: Connection, table: str, column: str) -> set[str]:
    found = schema.execute(
        "select confrelid::regclass::text from pg_constraint where contype = 'f'"
        " and conrelid = ('app.' || %(table)s)::regclass and (select attnum from pg_attribute"
        "  where attrelid = conrelid and attname = %(column)s) = any (conkey)",
        {"table": table, "column": column},
    )
    return {row[0].rpartition(".")[2] for row in found}


def test_the_specification_is_read() -> None:
    assert len({table for table, _, _ in core_tables()}) == 8
    assert len(core_tables()) == 63


@pytest.mark.parametrize(("table", "column", "said"), core_tables())
def test_a_column_is_there_under_its_own_name(schema: Connection, table: str, column: str, said: str) -> None:
    kind = said.split(maxsplit=1)[0]
    assert columns(schema, table)[column] == TYPES.get(kind, kind)
    if match := re.search(r"fk (\w+)\.id", said):
        assert points_at(schema, table, column) & {match[1], THROUGH_MEMBERSHIPS}
    if match := re.search(r"\(`([\w|]+)`\)", said):
        assert set(match[1].split("|")) <= words(schema, table, column)


def test_the_columns_of_phase_6_are_there(schema: Connection) -> None:
    phase = SPECIFICATION.split("### Phase 6")[1].split("- Step 2")[0]
    named = re.findall(r"    - `(\w+)`", phase)
    assert len(named) == 5
    for table in ("candidate_events", "resumes"):
        assert set(named) <= set(columns(schema, table)), table


def test_the_views_are_there(schema: Connection) -> None:
    section = SPECIFICATION.split("### 6.2 Views")[1].split("### 6.3")[0]
    named = set(re.findall(r"- `(\w+)`", section))
    found = schema.execute("select viewname from pg_views where schemaname = 'app'")
    assert named == {"candidate_latest_state_v", "rank_counts_v"} <= {row[0] for row in found}


NOT_OF_CANDIDATES = {"resume_opened", "job_changed", "job_line", "update_ended"}


@pytest.mark.parametrize(
    ("table", "column", "kind", "without"),
    [
        ("candidate_events", "status", CandidateStatus, set[str]()),
        ("candidate_events", "previous_status", CandidateStatus, set[str]()),
        ("candidate_state", "status", CandidateStatus, set[str]()),
        ("candidate_state", "review_state", ReviewState, set[str]()),
        # Those that tell nothing of a candidate make no row here.
        ("candidate_events", "event_type", EventType, NOT_OF_CANDIDATES),
        ("received_events", "event_type", EventType, set[str]()),
        ("resumes", "resume_source", ResumeSource, set[str]()),
        ("resumes", "resume_upload_status", UploadStatus, set[str]()),
        ("resumes", "review_state", ReviewState, set[str]()),
        ("candidate_events", "resume_source", ResumeSource, set[str]()),
        ("candidate_events", "resume_upload_status", UploadStatus, set[str]()),
        ("download_jobs", "status", JobStatus, set[str]()),
        ("download_job_logs", "level", LogLevel, set[str]()),
        ("download_job_logs", "outcome", Outcome, set[str]()),
        ("memberships", "role", Role, set[str]()),
        ("update_outcomes", "result", UpdateResult, set[str]()),
    ],
)
def test_a_column_takes_the_protocols_words_and_no_others(
    schema: Connection, table: str, column: str, kind: type[StrEnum], without: set[str]
) -> None:
    assert words(schema, table, column) == {member.value for member in kind} - without


def test_one_fact_a_person_and_content(schema: Connection) -> None:
    found = schema.execute(
        "select pg_get_constraintdef(oid) from pg_constraint where contype = 'u'"
        " and conrelid = 'app.resumes'::regclass"
    )
    assert ("UNIQUE (organisation_id, candidate_id, content_sha256)",) in found.fetchall()


def test_checksums_are_checksums(schema: Connection) -> None:
    found = schema.execute(
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attname like '%sha256'"
        " and a.attnum > 0 and not a.attisdropped and not exists (select from pg_constraint k"
        "  where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)"
        "  and (pg_get_constraintdef(k.oid) like '%{64}%' or pg_get_constraintdef(k.oid) like '%= 32%'))"
    )
    assert found.fetchall() == []
