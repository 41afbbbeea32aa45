"""Downloads on real records that break off at any call, again and again: one outcome for each, told once."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from agent_core.downloads.run import run_job
from agent_core.errors import PortalError, PortalSessionError
from agent_core.ports import ListingState
from agent_core.store.database import AgentStore
from protocol.events import JobChangedEvent, JobLineEvent, ResumeDownloadedEvent
from protocol.jobs import JobRequest, JobStatus
from protocol.reasons import Reason
from tests.support.agent import open_store
from tests.support.download_world import FOLDER, RANK, SHIP, people
from tests.support.simulated import ManualClock, SimulatedFiles, SimulatedPortal

SHOWN = people("1", "2", "", "3", "2", "4", "5", "6", "1", "7")
DIFFERENT, APPEARANCES = 7, 10
OWN_FAULTS = {Reason.RESUME_UNREADABLE_ID, Reason.RESUME_LOGIN_PAGE, Reason.PORTAL_SLOW}
"""What may fail a person here; being broken off may not."""
WISHES = (Reason.JOB_PAUSED, Reason.JOB_INTERRUPTED, Reason.LOGIN_NOT_CONNECTED)


class Killed(BaseException):
    """The program ended here, as far as the records can tell."""


class DiesAtACall:
    """The records of a program that ends before or after one of its calls."""

    def __init__(self, store: AgentStore, calls: int, before: bool) -> None:
        self._store = store
        self._calls = calls
        self._before = before

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._store, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._calls -= 1
            if self._calls == 0 and self._before:
                raise Killed
            answer = method(*arguments, **named)
            if self._calls == 0:
                raise Killed
            return answer

        return call


def break_off(chance: random.Random, portal: SimulatedPortal) -> Callable[[], Reason | None]:
    """Let the next run meet something: an ended session, a captcha, trouble, a wish, or nothing."""
    number = chance.choice("1234567")
    errors = (
        PortalSessionError(Reason.RESUME_LOGIN_PAGE),
        PortalError(Reason.PORTAL_BLOCKED),
        PortalError(Reason.PORTAL_SLOW),
    )
    portal.trouble = {number: chance.choice(errors)} if chance.random() < 0.5 else {}
    ended = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
    portal.walk_trouble = (chance.randrange(APPEARANCES), ended) if chance.random() < 0.2 else None
    asked, wish = chance.randrange(1, 40), chance.choice((*WISHES, None, None))
    left = iter(range(asked))
    return lambda: None if next(left, None) is not None else wish


def run_once(chance: random.Random, job_id: UUID, store: Any, portal: SimulatedPortal, files: Any) -> None:
    portal.connect()
    portal.at_once = chance.randrange(1, 4)
    run_job(job_id, portal, files, store, FOLDER, ManualClock(), break_off(chance, portal))


@pytest.mark.parametrize("seed", range(20))
def test_whatever_breaks_off_everybody_gets_one_outcome(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    portal, files, kills = SimulatedPortal(shown=SHOWN), SimulatedFiles(), 0
    with open_store(tmp_path) as store:
        job_id = store.create_job(uuid4(), JobRequest(rank=RANK, ship_type=SHIP))[0].job_id
    for _ in range(6):
        with open_store(tmp_path) as store:
            for job in store.jobs_in(JobStatus.RUNNING):
                store.hold_job(job.job_id, Reason.JOB_INTERRUPTED)
            if store.job(job_id).status.is_final:
                break
            dying = DiesAtACall(store, chance.randrange(1, 80), chance.random() < 0.5)
            try:
                run_once(chance, job_id, dying, portal, files)
            except Killed:
                kills += 1
    with open_store(tmp_path) as store:
        for job in store.jobs_in(JobStatus.RUNNING):
            store.hold_job(job.job_id, Reason.JOB_INTERRUPTED)
        if not store.job(job_id).status.is_final:
            portal.trouble, portal.walk_trouble = {}, None
            portal.connect()
            run_job(job_id, portal, files, store, FOLDER, ManualClock(), lambda: None)
        must_add_up(store, job_id)
    assert max(Counter(files.written).values()) <= 1 + kills, "written again without having been killed"


def must_add_up(store: AgentStore, job_id: UUID) -> None:
    job, rows = store.job(job_id), store.listings(job_id)
    counts = job.counts
    assert job.status is JobStatus.SUCCESS
    assert counts.listed == len(rows) == APPEARANCES
    assert counts.listed == counts.stored + counts.skipped + counts.failed
    assert {row.reason for row in rows if row.state is ListingState.FAILED} <= OWN_FAULTS
    stored = [row.candidate_external_id for row in rows if row.state is ListingState.STORED]
    assert len(stored) == len(set(stored)) >= DIFFERENT - counts.failed
    events = [entry.event for entry in store.outbox.claim_events(1000)]
    told = [e.payload.candidate_external_id for e in events if isinstance(e, ResumeDownloadedEvent)]
    assert Counter(told) == Counter(stored), "a resume is told of once"
    lines = [e.payload for e in events if isinstance(e, JobLineEvent) and e.payload.outcome is not None]
    assert len(lines) == APPEARANCES, "an outcome is told once"
    reports = [e.payload for e in events if isinstance(e, JobChangedEvent)]
    assert [report.change for report in reports] == sorted({report.change for report in reports})
    assert reports[-1] == job
