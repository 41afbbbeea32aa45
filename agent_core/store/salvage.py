"""What can still be read of damaged records, taken over into new ones.

First as SQLite reads them, from both ends of each table; then the records that nothing can replace, which
are what waits to be sent and the resumes that it is about, from the bytes of the pages (`raw_pages`). An
event that was sent already may come back that way; the cloud knows it by its id, and it counts once.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agent_core.store.raw_pages import RawRow, Value, pages_of, rows_of
from protocol.events import Event, ResumeDownloaded

KEYS = {
    "facts": "name",
    "jobs": "position",
    "listings": "job_id, seq",
    "resumes": "position",
    "outbox": "position",
    "uploads": "position",
    "commands": "command_id",
}
"""The tables in the order in which they refer to each other, with what each is sorted by."""

_HEADER_BYTES = 100
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)

_MEND = """
    update outbox set resume_id = null where resume_id not in (select resume_id from resumes);
    delete from uploads where resume_id not in (select resume_id from resumes);
    delete from listings where job_id not in (select job_id from jobs);
    update jobs set retry_of = null where retry_of not in (select job_id from jobs);
    update jobs set
        listed = (select count(*) from listings l where l.job_id = jobs.job_id),
        stored = (select count(*) from listings l where l.job_id = jobs.job_id and l.state = 'stored'),
        skipped = (select count(*) from listings l where l.job_id = jobs.job_id and l.state = 'skipped'),
        failed = (select count(*) from listings l where l.job_id = jobs.job_id and l.state = 'failed'),
        done_before = min(done_before, (select count(*) from listings l where l.job_id = jobs.job_id
            and l.state in ('stored', 'skipped', 'failed')))
    where ended_at is null;
"""
"""Makes records agree again whose counterparts were lost. A job that is not over counts who is left of it."""


def take_over(damaged: Path, records: sqlite3.Connection) -> Mapping[str, int]:
    """Take over into empty ``records`` what can be read, in one transaction.

    Args:
        damaged: a copy of the file, with its journal beside it, which may be changed.
        records: an open file of the newest schema.

    Returns:
        How many rows each table has.

    Raises:
        sqlite3.Error: the new file cannot be written.
    """
    raw = [part.read_bytes() if part.exists() else b"" for part in (damaged, _journal_of(damaged))]
    _mend_header(damaged, raw[0], records)
    records.execute("pragma foreign_keys = off")
    records.execute("begin immediate")
    with closing(sqlite3.connect(damaged, isolation_level=None)) as source:
        source.text_factory = lambda data: data.decode(errors="surrogateescape")
        for table, key in KEYS.items():
            _copy(source, records, table, key)
    columns = {table: _columns(records, table) for table in ("outbox", "resumes")}
    for pages in (pages_of(*raw), pages_of(raw[0])):
        for row in rows_of(pages, lambda count: count > 1):
            _take_raw(records, columns, row)
    for statement in _MEND.split(";")[:-1]:
        records.execute(statement)
    counts = {table: records.execute(f"select count(*) from {table}").fetchone()[0] for table in KEYS}  # noqa: S608 - constants
    records.execute("commit")
    return counts


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _mend_header(damaged: Path, main: bytes, records: sqlite3.Connection) -> None:
    """Give the copy the first bytes of a sound file, if its own are not SQLite's."""
    if main.startswith(b"SQLite format 3\0") or len(main) < _HEADER_BYTES:
        return
    sound = Path(records.execute("pragma database_list").fetchone()["file"]).read_bytes()[:_HEADER_BYTES]
    pages = (len(main) // 4096).to_bytes(4, "big")
    header = sound[:28] + pages + bytes(8) + sound[40:92] + sound[24:28] + sound[96:100]
    damaged.write_bytes(header + main[_HEADER_BYTES:])


def _copy(source: sqlite3.Connection, records: sqlite3.Connection, table: str, key: str) -> None:
    known = _columns(records, table)
    columns = [column for column in _columns(source, table) if column in known]
    if columns:
        for row in _from_both_ends(source, table, key, columns):
            _insert(records, table, columns, row)


def _from_both_ends(
    source: sqlite3.Connection, table: str, key: str, columns: Sequence[str]
) -> Iterator[Sequence[Value]]:
    """Yield the rows up to the first page that is wrong, and then those from the end up to the last one."""
    for order in ("asc", "desc"):
        by = ", ".join(f"{part} {order}" for part in key.split(", "))
        try:
            yield from source.execute(f"select {', '.join(columns)} from {table} order by {by}")  # noqa: S608 - names of the schema
        except sqlite3.DatabaseError:
            continue
        return


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f"pragma table_info({table})")]
    except sqlite3.DatabaseError:
        return []


def _insert(records: sqlite3.Connection, table: str, columns: Sequence[str], values: Sequence[Value]) -> None:
    places = ", ".join("?" * len(columns))
    statement = f"insert or ignore into {table} ({', '.join(columns)}) values ({places})"  # noqa: S608 - names of the schema
    # A value that was overwritten fits no rule of the schema: that row is lost, and its neighbours are not.
    with suppress(sqlite3.IntegrityError, UnicodeEncodeError):
        records.execute(statement, values)


def _take_raw(records: sqlite3.Connection, known: Mapping[str, Sequence[str]], row: RawRow) -> None:
    for table, is_one in (("outbox", _is_event), ("resumes", _is_resume)):
        columns = known[table][: len(row.values)]
        values = dict(zip(columns, (row.row_id, *row.values[1:]), strict=False))
        if row.values[0] is None and is_one(values):
            _insert(records, table, columns, list(values.values()))


def _is_event(values: Mapping[str, Value]) -> bool:
    body = values.get("body")
    if not isinstance(body, str) or not body.startswith("{"):
        return False
    try:
        return str(_EVENT.validate_json(body).event_id) == values["event_id"]
    except ValidationError:
        return False


def _is_resume(values: Mapping[str, Value]) -> bool:
    payload = values.get("payload")
    if not isinstance(payload, str) or not payload.startswith("{"):
        return False
    try:
        return ResumeDownloaded.model_validate_json(payload).file_sha256 == values["file_sha256"]
    except ValidationError:
        return False
