"""The schema and its versions. A migration is one script; `user_version` counts those that were applied."""

import sqlite3

from agent_core.errors import StoreError
from protocol.reasons import Reason

MIGRATIONS = (
    """
    create table facts (
        name text primary key,
        value text not null
    ) strict, without rowid;

    create table jobs (
        position integer primary key autoincrement,
        job_id text not null unique,
        rank text not null,
        ship_type text not null,
        force_redownload integer not null,
        status text not null check (status in ('queued', 'running', 'success', 'failed', 'cancelled')),
        reason text,
        listed integer not null default 0,
        stored integer not null default 0,
        skipped integer not null default 0,
        failed integer not null default 0,
        change integer not null default 0,
        created_at text not null,
        started_at text,
        ended_at text,
        check (stored + skipped + failed <= listed),
        check (ended_at is null or stored + skipped + failed = listed)
    ) strict;

    create table listings (
        job_id text not null references jobs (job_id),
        seq integer not null,
        change integer not null,
        candidate_external_id text not null,
        details_url text not null,
        state text not null check (state in ('waiting', 'fetching', 'stored', 'skipped', 'failed')),
        reason text,
        name text not null default '',
        present_rank text not null default '',
        relative_path text not null default '',
        at text,
        primary key (job_id, seq)
    ) strict, without rowid;
    create index listings_by_change on listings (job_id, change);

    create table resumes (
        position integer primary key autoincrement,
        resume_id text not null unique,
        candidate_external_id text not null,
        content_sha256 text not null,
        folder text not null,
        relative_path text not null,
        file_sha256 text not null,
        file_length integer not null check (file_length > 0),
        rank text not null,
        payload text not null,
        stored_at text not null
    ) strict;
    create index resumes_by_candidate on resumes (candidate_external_id, position);

    create table outbox (
        position integer primary key autoincrement,
        event_id text not null unique,
        type text not null,
        body text not null,
        resume_id text references resumes (resume_id),
        occurred_at text not null,
        attempts integer not null default 0,
        next_attempt_at text not null,
        parked integer not null default 0 check (parked in (0, 1)),
        reason text,
        detail text not null default ''
    ) strict;
    create index outbox_due on outbox (parked, position);

    create table uploads (
        position integer primary key autoincrement,
        resume_id text not null unique references resumes (resume_id),
        made_at text not null,
        attempts integer not null default 0,
        next_attempt_at text not null,
        parked integer not null default 0 check (parked in (0, 1)),
        reason text,
        detail text not null default ''
    ) strict;
    create index uploads_due on uploads (parked, position);
    """,
    """
    alter table resumes add column organisation_id text;
    alter table outbox add column organisation_id text;
    alter table uploads add column organisation_id text;
    """,
    """
    alter table jobs add column walked integer not null default 0;
    alter table jobs add column retry_of text references jobs (job_id);
    alter table jobs add column went_on_at text;
    alter table jobs add column done_before integer not null default 0;
    alter table listings add column tries integer not null default 0;
    """,
    """
    create table commands (
        command_id text primary key,
        kind text not null,
        reason text,
        at text not null
    ) strict, without rowid;
    alter table jobs add column wish text;
    """,
)


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring the schema to the newest version, each step in its own transaction.

    Raises:
        StoreError: a newer version of the program wrote these records; they stay as they are.
        sqlite3.Error: a step failed; it left nothing behind.
    """
    version = int(connection.execute("pragma user_version").fetchone()[0])
    if version > len(migrations):
        raise StoreError(Reason.AGENT_STORE_NEWER, f"schema {version}")
    for number, script in enumerate(migrations[version:], start=version + 1):
        try:
            connection.executescript(f"begin immediate; {script}; pragma user_version = {number}; commit;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.rollback()
            raise
