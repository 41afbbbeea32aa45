"""A download on simulated ports: everybody gets an outcome and the counts add up, whatever happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from agent_core.downloads.run import run_job
from agent_core.errors import AgentError, FilesError, PortalError, PortalSessionError
from agent_core.ports import ListingState
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.simulated import (
    ManualClock,
    SimulatedFiles,
    SimulatedPerson,
    SimulatedPortal,
    SimulatedStore,
)

RANK, SHIP = "2nd Officer", "Bulk Carrier"
FOLDER = Path("/resumes")
Ends = list[tuple[ListingState, Reason | None]]


def people(*numbers: str) -> list[SimulatedPerson]:
    return [SimulatedPerson(number, f"Canary Person-{number}", RANK, SHIP) for number in numbers]


@dataclass
class World:
    shown: Sequence[SimulatedPerson]
    trouble: Mapping[str, AgentError] = field(default_factory=dict)
    walk_trouble: tuple[int, AgentError] | None = None
    files: SimulatedFiles = field(default_factory=SimulatedFiles)
    store: SimulatedStore = field(default_factory=SimulatedStore)

    def run(
        self, *, forced: bool = False, cancel_after: int | None = None, connected: bool = True
    ) -> JobSnapshot:
        self.portal = SimulatedPortal(shown=self.shown, trouble=self.trouble, walk_trouble=self.walk_trouble)
        if connected:
            self.portal.connect()
        self.job_id = self.store.submit(JobRequest(rank=RANK, ship_type=SHIP, force_redownload=forced))

        def cancelled() -> bool:
            return cancel_after is not None and len(self.portal.fetched) >= cancel_after

        return run_job(self.job_id, self.portal, self.files, self.store, FOLDER, ManualClock(), cancelled)

    def ends(self, job_id: UUID | None = None) -> Ends:
        return [(row.state, row.reason) for row in self.store.listings(job_id or self.job_id)]


STORED = (ListingState.STORED, None)


def failed(reason: Reason) -> tuple[ListingState, Reason]:
    return ListingState.FAILED, reason


def skipped(reason: Reason) -> tuple[ListingState, Reason]:
    return ListingState.SKIPPED, reason


def test_everybody_is_stored_in_the_ranks_folder() -> None:
    world = World(people("1", "0042"))
    job = world.run()
    assert world.ends() == [STORED, STORED]
    assert (job.status, job.reason) == (JobStatus.SUCCESS, None)
    assert world.files.written == ["2nd_Officer/2nd_Officer_1.pdf", "2nd_Officer/2nd_Officer_0042.pdf"]
    assert [resume.facts.name for resume in world.store.stored] == ["Canary Person-1", "Canary Person-0042"]


def test_what_is_here_is_not_fetched_again() -> None:
    world = World(people("1", "2"))
    world.run()
    job = world.run()
    assert world.ends() == [skipped(Reason.SKIP_ALREADY_HERE)] * 2
    assert world.portal.fetched == []
    assert job.status is JobStatus.SUCCESS


@pytest.mark.parametrize("change", ["gone", "shorter", "other folder"])
def test_what_is_damaged_is_fetched_again(change: str) -> None:
    world = World(people("1"))
    world.run()
    key = (FOLDER, "2nd_Officer/2nd_Officer_1.pdf")
    if change == "gone":
        del world.files.there[key]
    elif change == "shorter":
        world.files.there[key] = b"%PDF"
    else:
        world.files.there[Path("/old"), key[1]] = world.files.there.pop(key)
    world.run()
    assert world.ends() == [STORED]


def test_forced_and_unchanged_is_skipped_without_writing() -> None:
    world = World(people("1"))
    world.run()
    world.run(forced=True)
    assert world.ends() == [skipped(Reason.SKIP_UNCHANGED)]
    assert len(world.files.written) == 1


def test_forced_and_changed_is_stored() -> None:
    world = World(people("1"))
    world.run()
    world.shown = [SimulatedPerson("1", "Another Name", RANK, SHIP)]
    world.run(forced=True)
    assert world.ends() == [STORED]


def test_a_person_in_several_lists_counts_once() -> None:
    world = World(people("1", "2", "1"))
    job = world.run()
    assert world.ends() == [STORED, STORED, skipped(Reason.SKIP_LISTED_TWICE)]
    assert job.counts.listed == 3
    assert world.portal.fetched == ["1", "2"]


def test_an_unreadable_number_fails_that_listing_only() -> None:
    world = World(people("", "2", ""))
    assert world.run().status is JobStatus.SUCCESS
    unreadable = failed(Reason.RESUME_UNREADABLE_ID)
    assert world.ends() == [unreadable, STORED, unreadable]


@pytest.mark.parametrize(
    "error",
    [
        PortalError(Reason.RESUME_INCOMPLETE),
        PortalError(Reason.PORTAL_SLOW),
        PortalError(Reason.RESUME_LOGIN_PAGE),
        PortalError(Reason.PORTAL_CHANGED, "td"),
    ],
)
def test_one_persons_failure_does_not_stop_the_others(error: PortalError) -> None:
    world = World(people("1", "2", "3"), trouble={"2": error})
    job = world.run()
    assert world.ends() == [STORED, failed(error.reason), STORED]
    assert job.status is JobStatus.SUCCESS


@pytest.mark.parametrize("reason", [Reason.FILE_IN_USE, Reason.FILE_WRITE])
def test_a_file_that_is_in_use_does_not_stop_the_others(reason: Reason) -> None:
    files = SimulatedFiles(trouble={"2nd_Officer/2nd_Officer_1.pdf": FilesError(reason)})
    world = World(people("1", "2"), files=files)
    assert world.run().status is JobStatus.SUCCESS
    assert world.ends() == [failed(reason), STORED]


@pytest.mark.parametrize(
    ("error", "own", "rest"),
    [
        (PortalSessionError(Reason.RESUME_LOGIN_PAGE), Reason.RESUME_LOGIN_PAGE, Reason.PORTAL_SESSION_ENDED),
        (
            PortalSessionError(Reason.PORTAL_SESSION_ENDED),
            Reason.PORTAL_SESSION_ENDED,
            Reason.PORTAL_SESSION_ENDED,
        ),
        (PortalSessionError(Reason.BROWSER_GONE), Reason.BROWSER_GONE, Reason.BROWSER_GONE),
        (PortalError(Reason.PORTAL_BLOCKED), Reason.PORTAL_BLOCKED, Reason.PORTAL_BLOCKED),
    ],
)
def test_defect_6_a_session_that_ends_gives_the_rest_a_reason_and_loses_nobody(
    error: PortalError, own: Reason, rest: Reason
) -> None:
    world = World(people("1", "2", "3", "1", ""), trouble={"2": error})
    job = world.run()
    assert world.ends() == [
        STORED,
        failed(own),
        failed(rest),
        skipped(Reason.SKIP_LISTED_TWICE),
        failed(Reason.RESUME_UNREADABLE_ID),
    ]
    assert (job.status, job.reason) == (JobStatus.FAILED, rest)
    assert world.portal.fetched == ["1", "2"]


def test_after_the_session_ended_what_is_stored_is_not_fetched_twice() -> None:
    world = World(people("1", "2", "3"), trouble={"2": PortalSessionError(Reason.RESUME_LOGIN_PAGE)})
    world.run()
    world.trouble = {}
    world.run()
    assert world.ends() == [skipped(Reason.SKIP_ALREADY_HERE), STORED, STORED]


@pytest.mark.parametrize("reason", [Reason.FOLDER_FULL, Reason.FOLDER_NOT_THERE, Reason.FOLDER_NOT_WRITABLE])
def test_a_folder_that_cannot_be_used_stops_the_job(reason: Reason) -> None:
    files = SimulatedFiles(trouble={"2nd_Officer/2nd_Officer_1.pdf": FilesError(reason)})
    world = World(people("1", "2"), files=files)
    job = world.run()
    assert world.ends() == [failed(reason)] * 2
    assert (job.status, job.reason) == (JobStatus.FAILED, reason)


def test_without_a_folder_the_portal_is_not_asked() -> None:
    world = World(people("1"), files=SimulatedFiles(folder_reason=Reason.FOLDER_NOT_THERE))
    job = world.run()
    assert (job.status, job.reason, job.counts.listed) == (JobStatus.FAILED, Reason.FOLDER_NOT_THERE, 0)


def test_nobody_found_is_a_success_with_a_reason() -> None:
    job = World([]).run()
    assert (job.status, job.reason, job.counts.listed) == (JobStatus.SUCCESS, Reason.PORTAL_NOBODY, 0)


def test_not_connected_fails_the_job() -> None:
    job = World(people("1")).run(connected=False)
    assert (job.status, job.reason) == (JobStatus.FAILED, Reason.LOGIN_NOT_CONNECTED)


def test_a_list_that_cannot_be_walked_fails_the_job_after_those_that_were_listed() -> None:
    world = World(people("1", "2"), walk_trouble=(1, PortalError(Reason.PORTAL_CHANGED, "select#rank")))
    job = world.run()
    assert world.ends() == [STORED]
    assert (job.status, job.reason) == (JobStatus.FAILED, Reason.PORTAL_CHANGED)


def test_a_session_that_ends_during_the_walk_gives_everybody_listed_that_reason() -> None:
    ended = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
    world = World(people("1", "2", "3"), walk_trouble=(2, ended))
    job = world.run()
    assert world.ends() == [failed(Reason.PORTAL_SESSION_ENDED)] * 2
    assert (job.status, job.reason) == (JobStatus.FAILED, Reason.PORTAL_SESSION_ENDED)


def test_cancelled_between_people_keeps_what_is_stored() -> None:
    world = World(people("1", "2", "3"))
    job = world.run(cancel_after=2)
    assert world.ends() == [STORED, STORED, failed(Reason.JOB_CANCELLED)]
    assert job.status is JobStatus.CANCELLED


def test_cancelled_at_once_lists_nobody() -> None:
    job = World(people("1")).run(cancel_after=0)
    assert (job.status, job.counts.listed) == (JobStatus.CANCELLED, 0)


def test_logs_never_name_a_person() -> None:
    world = World(people("1", "2"), trouble={"2": PortalError(Reason.RESUME_INCOMPLETE, "td")})
    with capture_logs() as logs:
        world.run()
    assert logs
    assert "Canary" not in f"{logs} {world.store.lines}"


REASONS = st.sampled_from(
    [
        PortalError(Reason.RESUME_INCOMPLETE),
        PortalError(Reason.PORTAL_SLOW),
        PortalError(Reason.PORTAL_BLOCKED),
        PortalSessionError(Reason.RESUME_LOGIN_PAGE),
        PortalSessionError(Reason.BROWSER_GONE),
        FilesError(Reason.FOLDER_FULL),
    ]
)


@given(
    numbers=st.lists(st.sampled_from(["", "1", "2", "3", "04", "5"]), max_size=12),
    trouble=st.dictionaries(st.sampled_from(["1", "2", "3", "04", "5"]), REASONS),
    here=st.sets(st.sampled_from(["1", "2", "3"])),
    forced=st.booleans(),
    cancel_after=st.none() | st.integers(0, 6),
    walk=st.none()
    | st.tuples(st.integers(0, 12), REASONS.filter(lambda error: isinstance(error, PortalError))),
)
def test_the_counts_always_add_up(  # noqa: PLR0917 - hypothesis gives them by name
    numbers: list[str],
    trouble: dict[str, AgentError],
    here: set[str],
    forced: bool,
    cancel_after: int | None,
    walk: tuple[int, AgentError] | None,
) -> None:
    world = World(people(*sorted(here)))
    world.run()
    portal_trouble = {number: error for number, error in trouble.items() if isinstance(error, PortalError)}
    files_trouble = {
        f"2nd_Officer/2nd_Officer_{number}.pdf": error
        for number, error in trouble.items()
        if isinstance(error, FilesError)
    }
    world.shown, world.trouble, world.walk_trouble = people(*numbers), portal_trouble, walk
    world.files.trouble = files_trouble
    counts = world.run(forced=forced, cancel_after=cancel_after).counts
    assert counts.listed == counts.stored + counts.skipped + counts.failed
    assert all(state in ("stored", "skipped", "failed") for state, _ in world.ends())
    assert all(reason is not None for state, reason in world.ends() if state != ListingState.STORED)
    fetched = world.portal.fetched
    assert len(fetched) == len(set(fetched))
