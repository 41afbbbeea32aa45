"""The resumes that this computer has stored. Every function runs inside the caller's transaction."""

import sqlite3
from datetime import datetime
from uuid import UUID

from agent_core.ports import KnownResume, NewResume
from agent_core.store.belonging import CURRENT, OURS
from agent_core.store.values import to_text
from protocol.events import ResumeDownloaded
from protocol.vocabulary import rank_label, ship_type_label


def payload_of(job_id: UUID, resume: NewResume) -> ResumeDownloaded:
    """Make what the office is told of a resume, with the labels that people are shown."""
    return ResumeDownloaded(
        candidate_external_id=resume.candidate_external_id,
        job_id=job_id,
        filename=resume.file.relative_path.rpartition("/")[2],
        file_sha256=resume.file.sha256,
        file_length=resume.file.length,
        content_sha256=resume.content_sha256,
        rank_applied_for=rank_label(resume.rank),
        search_ship_type=ship_type_label(resume.ship_type),
        facts=resume.facts,
        text=resume.text,
    )


def insert(
    connection: sqlite3.Connection,
    resume_id: UUID,
    resume: NewResume,
    payload: ResumeDownloaded,
    now: datetime,
) -> KnownResume:
    """Record a resume."""
    row = connection.execute(
        "insert into resumes (resume_id, candidate_external_id, content_sha256, folder, relative_path,"  # noqa: S608 - constants
        " file_sha256, file_length, rank, payload, stored_at, organisation_id)"
        f" values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {CURRENT}) returning *",
        (
            str(resume_id),
            resume.candidate_external_id,
            resume.content_sha256,
            resume.folder,
            resume.file.relative_path,
            resume.file.sha256,
            resume.file.length,
            resume.rank,
            payload.model_dump_json(),
            to_text(now),
        ),
    ).fetchone()
    return _known(row)


def newest_of(connection: sqlite3.Connection, candidate_external_id: str) -> KnownResume | None:
    """Return the newest resume of a person that the office of now was told of, or will be."""
    row = connection.execute(
        "select * from resumes where candidate_external_id = ?"  # noqa: S608 - constants
        f" and ({OURS} or {CURRENT} is null) order by position desc limit 1",
        (candidate_external_id,),
    ).fetchone()
    return None if row is None else _known(row)


def with_content(
    connection: sqlite3.Connection, candidate_external_id: str, content_sha256: str
) -> KnownResume | None:
    """Return the newest resume of a person that has this content."""
    row = connection.execute(
        "select * from resumes where candidate_external_id = ? and content_sha256 = ?"
        " order by position desc limit 1",
        (candidate_external_id, content_sha256),
    ).fetchone()
    return None if row is None else _known(row)


def is_ours(connection: sqlite3.Connection, resume_id: UUID) -> bool:
    """Tell whether the office of now was told of a resume, or will be."""
    found = connection.execute(
        f"select 1 from resumes where resume_id = ? and ({OURS} or {CURRENT} is null)",  # noqa: S608 - constants
        (str(resume_id),),
    ).fetchone()
    return found is not None


def _known(row: sqlite3.Row) -> KnownResume:
    return KnownResume(
        resume_id=UUID(row["resume_id"]),
        candidate_external_id=row["candidate_external_id"],
        folder=row["folder"],
        relative_path=row["relative_path"],
        file_sha256=row["file_sha256"],
        file_length=row["file_length"],
        content_sha256=row["content_sha256"],
        rank=row["rank"],
    )
