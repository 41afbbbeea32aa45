"""Run one download job: walk the portal's lists, then fetch everybody who has no outcome yet.

Every listing ends Stored, Skipped(reason) or Failed(reason), and one person's failure never stops the others.
What keeps everybody from being fetched (`plan.STOPS_THE_JOB`, a portal that is away, somebody's wish) fails
nobody: who is being fetched is finished or waits again, and the job waits in the queue with the reason.
Run again it goes on at the first person without an outcome; lists that were walked are not walked again.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import structlog

from agent_core.downloads import plan
from agent_core.downloads.keep import here, keep
from agent_core.downloads.plan import STOPS_THE_JOB, Fail, Fetch, decide, first_listings, in_order
from agent_core.downloads.queue import PORTAL_TROUBLE
from agent_core.downloads.task import Task, reason_for_all
from agent_core.downloads.walk import walk_lists, whether_portal_is_away
from agent_core.errors import AgentError, FilesError, PortalSessionError
from agent_core.ports import (
    Clock,
    DownloadStore,
    Fetched,
    Listing,
    ListingRow,
    ListingState,
    PortalSession,
    ResumeFiles,
    Stop,
)
from protocol.jobs import JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason

log = structlog.get_logger()

_OPEN = frozenset({ListingState.WAITING, ListingState.FETCHING})


@dataclass
class _Run:
    """One job while it runs.

    Attributes:
        stop: why nobody more is fetched now.
        asked: whether that is somebody's wish: what breaks afterwards says nothing about a person.
        fetching: who is being fetched, by the portal's number.
        troubled: whom the portal's trouble kept from being fetched in this pass, and why.
        in_a_row: how many of them came one after the other.
    """

    task: Task
    stop: Reason | None = None
    asked: bool = False
    fetching: dict[str, ListingRow] = field(default_factory=dict)
    troubled: list[tuple[ListingRow, Reason]] = field(default_factory=list)
    in_a_row: int = 0


def run_job(  # noqa: PLR0917 - the signature that the composition points fix
    job_id: UUID,
    portal: PortalSession,
    files: ResumeFiles,
    store: DownloadStore,
    folder: Path,
    clock: Clock,
    stop: Stop,
) -> JobSnapshot:
    """Run a job until it is over or has a reason to wait, on the portal's thread, and return it.

    Args:
        job_id: a job that is queued.
        portal: logged in.
        files: writes into ``folder``.
        store: holds the job and gets every outcome.
        folder: the download folder; it is never made.
        clock: tells how long the job took, for its log.
        stop: asked between people; `job.cancelled` ends the job, any other reason queues it with that.

    Raises:
        StoreError: the records cannot be written; the job then still runs as far as they say.
    """
    task = Task(store.start_job(job_id), portal, files, store, folder, stop)
    log.info("download_started", job_id=str(job_id))
    started = clock()
    run = _Run(task, stop=files.check(folder).reason)
    missing = None
    if run.stop is None:
        walk = walk_lists(task)
        run.stop, missing = walk.stop, walk.missing
    while run.stop is None and _fetch_who_waits(run):
        _judge_trouble(run)
    took = f"{max(0.0, (clock() - started).total_seconds()):.1f} s"
    return _end(run, missing, took)


def _fetch_who_waits(run: _Run) -> bool:
    """Fetch everybody who waits; tell whether somebody must be tried again."""
    run.troubled, run.in_a_row = [], 0
    results = run.task.portal.fetch_all(_listings(run), lambda: _stop(run))
    try:
        for fetched in results:
            _settle(run, fetched)
    finally:
        if isinstance(results, Generator):
            results.close()
    return bool(run.troubled)


def _listings(run: _Run) -> Iterator[Listing]:
    """Yield those who are to be fetched, one when it is asked for, and settle the others on the way."""
    task = run.task
    rows = task.store.listings(task.job_id)
    first = first_listings(rows)
    for row in in_order(rows):
        if _stop(run) is not None or run.in_a_row >= plan.TROUBLE_LIMIT:
            return
        known = task.store.known_resume(row.candidate_external_id) if row.candidate_external_id else None
        decision = decide(
            row.candidate_external_id,
            here(task, known),
            forced=task.job.force_redownload,
            listed_before=first[row.candidate_external_id] < row.seq,
        )
        if isinstance(decision, Fetch):
            task.store.fetching(task.job_id, row.seq)
            run.fetching[row.candidate_external_id] = row
            yield Listing(row.candidate_external_id, row.details_url)
        else:
            outcome = Outcome.FAILED if isinstance(decision, Fail) else Outcome.SKIPPED
            task.store.finish_listing(task.job_id, row.seq, outcome, decision.reason)


def _stop(run: _Run) -> Reason | None:
    """Tell why nobody more is fetched now, having asked whether somebody wishes so."""
    if run.stop is None:
        run.stop = run.task.stop()
        run.asked = run.stop is not None
    return run.stop


def _settle(run: _Run, fetched: Fetched) -> None:
    """Take in how the visit to one person ended."""
    row = run.fetching.pop(fetched.listing.candidate_external_id)
    error: AgentError | None = fetched.error
    if fetched.resume is not None:
        try:
            keep(run.task, row, fetched.resume)
        except FilesError as refused:
            error = refused
    if error is None:
        run.in_a_row = 0
    else:
        _take_in(run, row, error)


def _take_in(run: _Run, row: ListingRow, error: AgentError) -> None:
    """Take in what kept a person from being fetched: it concerns them, or everybody."""
    reason = error.reason
    _stop(run)  # an agent that closes ends its browser, which says nothing about who was in it
    if isinstance(error, PortalSessionError):
        run.stop = run.stop or reason_for_all(error)
        _try_again_or_fail(run, row, reason, plan.SESSION_TRIES)
    elif reason in STOPS_THE_JOB or reason is run.stop:
        run.stop = run.stop or reason
        run.task.store.put_back(run.task.job_id, row.seq, tried=False)
    elif reason in PORTAL_TROUBLE:
        run.troubled.append((row, reason))
        run.in_a_row += 1
    else:
        run.in_a_row = 0
        _fail(run, row, reason, error.detail)


def _judge_trouble(run: _Run) -> None:
    """Tell a portal that is away from people whom a portal that answers does not give."""
    if run.stop is None:
        last = run.troubled[-1][1]
        run.stop = whether_portal_is_away(run.task.portal, last)
        if run.stop is None:
            for row, reason in run.troubled:
                _try_again_or_fail(run, row, reason, plan.TROUBLE_TRIES)
            run.stop = last if run.in_a_row >= plan.TROUBLE_LIMIT else None


def _try_again_or_fail(run: _Run, row: ListingRow, reason: Reason, tries: int) -> None:
    if not run.asked and row.tries + 1 >= tries:
        _fail(run, row, reason)
    else:
        run.task.store.put_back(run.task.job_id, row.seq, tried=not run.asked)


def _fail(run: _Run, row: ListingRow, reason: Reason, detail: str = "") -> None:
    log.warning(
        "listing_failed",
        job_id=str(run.task.job_id),
        candidate_external_id=row.candidate_external_id,
        reason=reason.value,
        detail=detail,
    )
    run.task.store.finish_listing(run.task.job_id, row.seq, Outcome.FAILED, reason)


def _end(run: _Run, missing: Reason | None, took: str) -> JobSnapshot:
    """End the job, or queue it with its reason to wait."""
    task = run.task
    stop = run.stop or task.stop()
    rows = task.store.listings(task.job_id)
    is_done = task.store.is_walked(task.job_id) and not any(row.state in _OPEN for row in rows)
    cancelled = stop is Reason.JOB_CANCELLED
    if stop is not None and not cancelled and not is_done:
        task.tell(LogLevel.WARNING, stop)
        log.info("download_waits", job_id=str(task.job_id), reason=stop.value)
        return task.store.hold_job(task.job_id, stop)
    reason = missing
    if cancelled or (reason is None and not rows):
        reason = Reason.JOB_CANCELLED if cancelled else Reason.PORTAL_NOBODY
    task.store.log(task.job_id, LogLevel.INFO, f"Done after {took}")
    log.info("download_ended", job_id=str(task.job_id), reason=reason and reason.value)
    return task.store.end_job(task.job_id, reason, cancelled=cancelled)
