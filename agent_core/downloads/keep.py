"""Keep a resume that was fetched: its file, and its record in the same transaction as its events."""

from pathlib import Path
from urllib.parse import urlsplit

import structlog

from agent_core.downloads.plan import Here, is_unchanged
from agent_core.downloads.task import Task
from agent_core.errors import FilesError
from agent_core.facts.evidence import locate
from agent_core.facts.normalise import content_digest
from agent_core.facts.read_page import read_page
from agent_core.ports import FetchedResume, KnownResume, ListingRow, NewResume
from protocol.facts import ResumeText
from protocol.jobs import Outcome
from protocol.reasons import Reason

TEXT_LIMIT = 200_000
"""Characters of a resume's text that the protocol carries."""


def keep(task: Task, row: ListingRow, fetched: FetchedResume) -> None:
    """Write the resume and record it, or record that it would change nothing.

    Raises:
        FilesError: it cannot be written; an older file is as it was.
    """
    number = row.candidate_external_id
    known = task.store.known_resume(number)
    content = content_digest(fetched.text, _hosts(row.details_url))
    facts = read_page(fetched.cells)
    if known is not None and is_unchanged(here(task, known), known.content_sha256, content):
        task.store.finish_listing(task.job_id, row.seq, Outcome.SKIPPED, Reason.SKIP_UNCHANGED, facts)
        return
    file = task.files.write(task.folder, task.files.resume_path(task.job.rank, number), fetched.pdf)
    resume = NewResume(
        folder=str(task.folder),
        file=file,
        content_sha256=content,
        rank=task.job.rank,
        ship_type=task.job.ship_type,
        candidate_external_id=number,
        facts=locate(facts, fetched.pdf),
        text=ResumeText(text=fetched.text[:TEXT_LIMIT]),
    )
    task.store.store_resume(task.job_id, row.seq, resume)
    structlog.get_logger().info("resume_stored", job_id=str(task.job_id), candidate_external_id=number)


def here(task: Task, known: KnownResume | None) -> Here:
    """Look what this computer has of a person."""
    if known is None:
        return Here.NOTHING
    if Path(known.folder) != task.folder:
        return Here.DAMAGED
    try:
        length = len(task.files.read(task.folder, known.relative_path))
    except FilesError:
        return Here.DAMAGED
    return Here.INTACT if length == known.file_length else Here.DAMAGED


def _hosts(details_url: str) -> tuple[str, ...]:
    host = urlsplit(details_url).hostname
    return (host.removeprefix("www."),) if host else ()
