"""Run one download job: walk the portal's lists, then give every listed person an outcome.

Every listing ends Stored, Skipped(reason) or Failed(reason), and one person's failure never stops the
others, unless nobody else can be had either (`plan.STOPS_THE_JOB`): then the rest gets that reason and
the job fails with it. People are recorded while the walk goes on. A cancelled job leaves what is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import structlog

from agent_core.downloads.plan import Fail, Here, Skip, Trouble, decide, is_unchanged
from agent_core.errors import FilesError, PortalError, PortalSessionError
from agent_core.facts.normalise import content_digest
from agent_core.facts.read_page import read_page
from agent_core.ports import (
    Clock,
    DownloadStore,
    FetchedResume,
    KnownResume,
    Listing,
    ListingRow,
    NewResume,
    PortalSession,
    ResumeFiles,
)
from protocol.facts import ResumeFacts, ResumeText
from protocol.jobs import JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason

log = structlog.get_logger()

TEXT_LIMIT = 200_000
"""Characters of a resume's text that the protocol carries."""


@dataclass(frozen=True)
class _Reached:
    """The outcome of one person that was not stored."""

    outcome: Outcome
    reason: Reason
    facts: ResumeFacts | None = None


@dataclass
class _Run:
    """One job while it runs."""

    job: JobSnapshot
    portal: PortalSession
    files: ResumeFiles
    store: DownloadStore
    folder: Path
    cancelled: Callable[[], bool]
    seen: set[str] = field(default_factory=set)
    trouble: Trouble = field(default_factory=Trouble)
    stop: Reason | None = None


def run_job(  # noqa: PLR0917 - the signature that the composition points fix
    job_id: UUID,
    portal: PortalSession,
    files: ResumeFiles,
    store: DownloadStore,
    folder: Path,
    clock: Clock,
    cancelled: Callable[[], bool],
) -> JobSnapshot:
    """Run a job to its end, on the portal's thread, and return it with its counts.

    Args:
        job_id: a job that is queued.
        portal: logged in.
        files: writes into ``folder``.
        store: holds the job and gets every outcome.
        folder: the download folder; it is never made.
        clock: tells how long the job took, for its log.
        cancelled: asked between people.

    Raises:
        StoreError: the records cannot be written; the job is then not ended.
    """
    run = _Run(store.start_job(job_id), portal, files, store, folder, cancelled)
    log.info("download_started", job_id=str(job_id))
    started = clock()
    run.stop = files.check(folder).reason
    incomplete = None if run.stop else _walk(run)
    rows = store.listings(job_id)
    if not rows and not (run.stop or incomplete or cancelled()):
        return _end(run, Reason.PORTAL_NOBODY)
    for row in rows:
        _settle(run, row)
    store.log(job_id, LogLevel.INFO, f"Done after {(clock() - started).total_seconds():.1f} s")
    return _end(run, run.stop or incomplete)


def _walk(run: _Run) -> Reason | None:
    """Record everybody whom the portal lists, as they come; return why the walk is not complete."""
    listings = run.portal.listings(run.job.rank, run.job.ship_type)
    count = 0
    try:
        for listing in listings:
            if run.cancelled():
                break
            run.store.add_listing(run.job.job_id, listing)
            count += 1
    except PortalSessionError as error:
        run.stop = _job_reason(error)
        _tell(run, LogLevel.ERROR, error.reason, error.detail)
    except PortalError as error:
        _tell(run, LogLevel.WARNING, error.reason, error.detail)
        run.stop = run.trouble.after(error.reason)
        return error.reason
    run.store.log(run.job.job_id, LogLevel.INFO, f"{count} listed")
    return None


def _settle(run: _Run, row: ListingRow) -> None:
    """Give one person an outcome."""
    if run.stop is None and run.cancelled():
        run.stop = Reason.JOB_CANCELLED
    reached = _decided(run, row)
    if reached is None:
        run.store.fetching(run.job.job_id, row.seq)
        reached = _fetched(run, row)
        run.stop = run.stop or run.trouble.after(reached.reason if reached else None)
    if reached is not None:
        run.store.finish_listing(run.job.job_id, row.seq, reached.outcome, reached.reason, reached.facts)


def _decided(run: _Run, row: ListingRow) -> _Reached | None:
    """Return the outcome of somebody who is not to be fetched."""
    known = run.store.known_resume(row.candidate_external_id) if row.candidate_external_id else None
    decision = decide(
        row.candidate_external_id, _here(run, known), forced=run.job.force_redownload, seen=run.seen
    )
    run.seen.add(row.candidate_external_id)
    if isinstance(decision, Skip):
        return _Reached(Outcome.SKIPPED, decision.reason)
    if isinstance(decision, Fail):
        return _Reached(Outcome.FAILED, decision.reason)
    return _Reached(Outcome.FAILED, run.stop) if run.stop else None


def _fetched(run: _Run, row: ListingRow) -> _Reached | None:
    """Fetch and store one resume; nothing is returned when it was stored."""
    listing = Listing(row.candidate_external_id, row.details_url)
    try:
        return _keep(run, row, run.portal.fetch(listing))
    except PortalSessionError as error:
        run.stop = _job_reason(error)
        return _failed(run, row, error)
    except (PortalError, FilesError) as error:
        return _failed(run, row, error)


def _keep(run: _Run, row: ListingRow, fetched: FetchedResume) -> _Reached | None:
    """Write the resume and record it, unless that would change nothing."""
    number = row.candidate_external_id
    known = run.store.known_resume(number)
    content = content_digest(fetched.text, _hosts(row.details_url))
    facts = read_page(fetched.cells)
    if known is not None and is_unchanged(_here(run, known), known.content_sha256, content):
        return _Reached(Outcome.SKIPPED, Reason.SKIP_UNCHANGED, facts)
    file = run.files.write(run.folder, run.files.resume_path(run.job.rank, number), fetched.pdf)
    resume = NewResume(
        folder=str(run.folder),
        file=file,
        content_sha256=content,
        rank=run.job.rank,
        ship_type=run.job.ship_type,
        candidate_external_id=number,
        facts=facts,
        text=ResumeText(text=fetched.text[:TEXT_LIMIT]),
    )
    run.store.store_resume(run.job.job_id, row.seq, resume)
    log.info("resume_stored", job_id=str(run.job.job_id), candidate_external_id=number)
    return None


def _here(run: _Run, known: KnownResume | None) -> Here:
    """Look what this computer has of a person."""
    if known is None:
        return Here.NOTHING
    if Path(known.folder) != run.folder:
        return Here.DAMAGED
    try:
        length = len(run.files.read(run.folder, known.relative_path))
    except FilesError:
        return Here.DAMAGED
    return Here.INTACT if length == known.file_length else Here.DAMAGED


def _failed(run: _Run, row: ListingRow, error: PortalError | FilesError) -> _Reached:
    log.warning(
        "listing_failed",
        job_id=str(run.job.job_id),
        candidate_external_id=row.candidate_external_id,
        reason=error.reason.value,
        detail=error.detail,
    )
    return _Reached(Outcome.FAILED, error.reason)


def _job_reason(error: PortalSessionError) -> Reason:
    """Return what the end of the session means for everybody else of the job."""
    return Reason.PORTAL_SESSION_ENDED if error.reason is Reason.RESUME_LOGIN_PAGE else error.reason


def _hosts(details_url: str) -> tuple[str, ...]:
    host = urlsplit(details_url).hostname
    return (host.removeprefix("www."),) if host else ()


def _tell(run: _Run, level: LogLevel, reason: Reason, detail: str) -> None:
    run.store.log(run.job.job_id, level, f"{reason.sentence} ({detail})" if detail else reason.sentence)


def _end(run: _Run, reason: Reason | None) -> JobSnapshot:
    if reason is None and run.cancelled():
        reason = Reason.JOB_CANCELLED  # cancelled while the lists were walked, or after the last person
    ended = run.store.end_job(run.job.job_id, reason, cancelled=reason is Reason.JOB_CANCELLED)
    log.info("download_ended", job_id=str(run.job.job_id), reason=reason.value if reason else None)
    return ended
