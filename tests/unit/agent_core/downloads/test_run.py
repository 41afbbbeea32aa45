"""A download on simulated ports: one outcome for each, counts that add up, and it goes on after a stop."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from agent_core.downloads.plan import SESSION_TRIES, TROUBLE_LIMIT
from agent_core.errors import AgentError, FilesError, PortalError, PortalSessionError, StoreError
from agent_core.ports import ListingState, SessionSnapshot
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.download_world import (
    FOLDER,
    STORED,
    WAITING,
    World,
    failed,
    is_waiting,
    people,
    skipped,
)
from tests.support.simulated import SimulatedFiles, SimulatedPerson, SimulatedPortal

SESSION_ENDED = PortalSessionError(Reason.RESUME_LOGIN_PAGE)
SIXTY = [f"{number:04}" for number in range(1, 61)]
WISHES = [Reason.JOB_PAUSED, Reason.JOB_INTERRUPTED, Reason.LOGIN_NOT_CONNECTED]


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
    world.fetched()
    assert world.run().status is JobStatus.SUCCESS
    assert world.ends() == [skipped(Reason.SKIP_ALREADY_HERE)] * 2
    assert world.fetched() == []


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


def test_forced_and_unchanged_is_skipped_without_writing_and_changed_is_stored() -> None:
    world = World(people("1"))
    world.run()
    world.run(forced=True)
    assert world.ends() == [skipped(Reason.SKIP_UNCHANGED)]
    assert len(world.files.written) == 1
    world.shown = [SimulatedPerson("1", "Another Name", "2nd Officer", "Bulk Carrier")]
    world.run(forced=True)
    assert world.ends() == [STORED]


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_a_person_in_several_lists_counts_once(at_once: int) -> None:
    world = World(people("1", "2", "1"), at_once=at_once)
    job = world.run()
    assert world.ends() == [STORED, STORED, skipped(Reason.SKIP_LISTED_TWICE)]
    assert job.counts.listed == 3
    assert sorted(world.fetched()) == ["1", "2"]


def test_an_unreadable_number_fails_that_listing_only() -> None:
    world = World(people("", "2", ""))
    assert world.run().status is JobStatus.SUCCESS
    unreadable = failed(Reason.RESUME_UNREADABLE_ID)
    assert world.ends() == [unreadable, STORED, unreadable]


@pytest.mark.parametrize(
    "error",
    [
        PortalError(Reason.RESUME_INCOMPLETE),
        PortalError(Reason.RESUME_LOGIN_PAGE),
        PortalError(Reason.PORTAL_CHANGED, "td"),
    ],
)
def test_one_persons_failure_does_not_stop_the_others(error: PortalError) -> None:
    world = World(people("1", "2", "3"), trouble={"2": error})
    assert world.run().status is JobStatus.SUCCESS
    assert world.ends() == [STORED, failed(error.reason), STORED]
    assert world.fetched() == ["1", "2", "3"]


@pytest.mark.parametrize("reason", [Reason.FILE_IN_USE, Reason.FILE_PROTECTED, Reason.FILE_WRITE])
def test_a_file_that_is_in_use_does_not_stop_the_others(reason: Reason) -> None:
    files = SimulatedFiles(trouble={"2nd_Officer/2nd_Officer_1.pdf": FilesError(reason)})
    world = World(people("1", "2"), files=files)
    assert world.run().status is JobStatus.SUCCESS
    assert world.ends() == [failed(reason), STORED]


def test_nobody_found_is_a_success_with_a_reason() -> None:
    job = World([]).run()
    assert (job.status, job.reason, job.counts.listed) == (JobStatus.SUCCESS, Reason.PORTAL_NOBODY, 0)


@pytest.mark.parametrize(
    ("error", "waits_with"),
    [
        (PortalSessionError(Reason.RESUME_LOGIN_PAGE), Reason.PORTAL_SESSION_ENDED),
        (PortalSessionError(Reason.PORTAL_SESSION_ENDED), Reason.PORTAL_SESSION_ENDED),
        (PortalSessionError(Reason.BROWSER_GONE), Reason.BROWSER_GONE),
        (PortalError(Reason.PORTAL_BLOCKED), Reason.PORTAL_BLOCKED),
    ],
)
@pytest.mark.parametrize("at_once", [1, 3])
def test_defect_6_what_ends_at_37_of_60_fails_nobody_and_goes_on_at_38(
    error: PortalError, waits_with: Reason, at_once: int
) -> None:
    world = World(people(*SIXTY), trouble={"0038": error}, at_once=at_once)
    job = world.run()
    assert is_waiting(job, waits_with)
    assert job.counts.listed == 60
    assert job.counts.failed == 0
    first = world.fetched()
    stored = [row.candidate_external_id for row in world.store.listings(job.job_id) if row.state == "stored"]
    assert len(stored) >= 36
    world.trouble = {}
    world.portal.connect()
    ended = world.go_on()
    assert (ended.status, ended.counts.stored) == (JobStatus.SUCCESS, 60)
    assert world.store.walks_done == {job.job_id}
    second = world.fetched()
    assert not set(stored) & set(second), "somebody who was stored was fetched again"
    assert set(first) - set(second) == set(stored)
    assert second[:at_once] == sorted(second)[:at_once][::-1], "it goes on at the first without an outcome"


@pytest.mark.parametrize("reason", [Reason.FOLDER_FULL, Reason.FOLDER_NOT_THERE, Reason.FOLDER_NOT_WRITABLE])
def test_a_folder_that_cannot_be_used_fails_nobody(reason: Reason) -> None:
    files = SimulatedFiles(trouble={"2nd_Officer/2nd_Officer_2.pdf": FilesError(reason)})
    world = World(people("1", "2", "3"), files=files)
    assert is_waiting(world.run(), reason)
    assert world.ends() == [STORED, WAITING, WAITING]
    world.files.trouble = {}
    assert world.go_on().counts.stored == 3


def test_without_a_folder_the_portal_is_not_asked() -> None:
    world = World(people("1"), files=SimulatedFiles(folder_reason=Reason.FOLDER_NOT_THERE))
    job = world.run()
    assert is_waiting(job, Reason.FOLDER_NOT_THERE)
    assert job.counts.listed == 0


def test_not_connected_waits_for_a_login() -> None:
    world = World(people("1"))
    world.submit()
    assert is_waiting(world.go_on(), Reason.LOGIN_NOT_CONNECTED)


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("at_once", [1, 3])
def test_a_wish_lets_those_who_are_fetched_be_finished_and_the_rest_wait(wish: Reason, at_once: int) -> None:
    world = World(people(*"123456"), at_once=at_once)
    assert is_waiting(world.run(stop_after=2, wish=wish), wish)
    stored = world.ends().count(STORED)
    assert stored == len(world.fetched()) < 6
    assert world.ends().count(WAITING) == 6 - stored
    assert world.go_on().counts.stored == 6
    assert len(world.fetched()) == 6 - stored


def test_a_wish_that_comes_too_late_changes_nothing() -> None:
    assert World(people("1", "2")).run(stop_after=2, wish=Reason.JOB_PAUSED).status is JobStatus.SUCCESS


@pytest.mark.parametrize(("after", "tries"), [(2, [0, 0]), (None, [1, 0])])
def test_what_breaks_after_a_wish_is_not_held_against_a_person(after: int | None, tries: list[int]) -> None:
    world = World(people("1", "2"), at_once=2, trouble={"1": PortalSessionError(Reason.BROWSER_GONE)})
    job = world.run(stop_after=after, wish=Reason.JOB_INTERRUPTED)
    assert job.status is JobStatus.QUEUED
    assert [row.tries for row in world.store.listings(job.job_id)] == tries


def test_cancelled_leaves_what_is_stored_and_skips_the_rest_for_good() -> None:
    world = World(people("1", "2", "3"))
    job = world.run(stop_after=2)
    assert world.ends() == [STORED, STORED, skipped(Reason.JOB_CANCELLED)]
    assert (job.status, job.reason) == (JobStatus.CANCELLED, Reason.JOB_CANCELLED)
    with pytest.raises(StoreError):
        world.go_on()


def test_cancelled_at_once_lists_nobody() -> None:
    job = World(people("1")).run(stop_after=0)
    assert (job.status, job.counts.listed) == (JobStatus.CANCELLED, 0)


def test_a_person_whose_page_ends_every_session_fails_in_the_end() -> None:
    world = World(people("1", "2", "3"), trouble={"2": SESSION_ENDED})
    jobs = [world.run()]
    while jobs[-1].status is JobStatus.QUEUED:
        world.portal.connect()
        jobs.append(world.go_on())
    assert len(jobs) == SESSION_TRIES
    assert world.ends() == [STORED, failed(Reason.RESUME_LOGIN_PAGE), STORED]


@pytest.mark.parametrize(
    "reason", [Reason.PORTAL_SLOW, Reason.PORTAL_SERVER_ERROR, Reason.PORTAL_UNREACHABLE]
)
def test_a_person_with_trouble_of_the_portal_is_tried_once_more_after_the_others(reason: Reason) -> None:
    world = World(people("1", "2", "3"), trouble={"2": PortalError(reason)})
    assert world.run().status is JobStatus.SUCCESS
    assert world.ends() == [STORED, failed(reason), STORED]
    assert world.fetched() == ["1", "2", "3", "2"]


def test_nobody_fails_because_the_connection_was_down_for_a_minute() -> None:
    world = World(people(*SIXTY))
    world.run(stop_after=37, wish=Reason.JOB_PAUSED)
    world.fetched()
    world.portal.away = True
    job = world.go_on()
    assert is_waiting(job, Reason.PORTAL_UNREACHABLE)
    assert (job.counts.stored, job.counts.failed) == (37, 0)
    world.portal.away = False
    assert world.go_on().counts.stored == 60
    assert world.fetched() == SIXTY[37:]


def test_a_portal_that_answers_and_gives_nobody_is_left_alone_and_ends_all_the_same() -> None:
    numbers = SIXTY[: TROUBLE_LIMIT * 2]
    world = World(
        people(*numbers), trouble={each: PortalError(Reason.PORTAL_SERVER_ERROR) for each in numbers}
    )
    job = world.run()
    assert is_waiting(job, Reason.PORTAL_SERVER_ERROR)
    assert len(world.fetched()) == TROUBLE_LIMIT
    rounds = 0
    while job.status is JobStatus.QUEUED:
        job, rounds = world.go_on(), rounds + 1
        assert rounds < 10
    assert (job.status, job.counts.failed) == (JobStatus.SUCCESS, len(numbers))


def test_a_session_that_ended_unseen_while_pages_failed_waits_for_a_login() -> None:
    class LoggedOutMeanwhile(SimulatedPortal):
        def check_health(self) -> SessionSnapshot:
            self.end_session()
            return super().check_health()

    slow = {"1": PortalError(Reason.PORTAL_SLOW)}
    world = World(people("1", "2"), trouble=slow, portal=LoggedOutMeanwhile())
    assert is_waiting(world.run(), Reason.PORTAL_SESSION_ENDED)
    assert world.ends() == [WAITING, STORED]


def test_logs_never_name_a_person() -> None:
    world = World(people("1", "2", "3"), trouble={"2": PortalError(Reason.RESUME_INCOMPLETE, "td")})
    with capture_logs() as logs:
        world.run(stop_after=2, wish=Reason.JOB_PAUSED)
        world.go_on()
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
        FilesError(Reason.FILE_IN_USE),
    ]
)
NUMBERS = st.sampled_from(["1", "2", "3", "04", "5"])


@given(
    numbers=st.lists(st.sampled_from(["", "1", "2", "3", "04", "5"]), max_size=12),
    rounds=st.lists(
        st.tuples(
            st.dictionaries(NUMBERS, REASONS),
            st.none() | st.tuples(st.integers(0, 6), st.sampled_from(WISHES)),
            st.none() | st.tuples(st.integers(0, 12), REASONS.filter(lambda e: isinstance(e, PortalError))),
        ),
        max_size=4,
    ),
    here=st.sets(st.sampled_from(["1", "2", "3"])),
    forced=st.booleans(),
    at_once=st.integers(1, 4),
    cancelled=st.booleans(),
)
def test_the_counts_always_add_up_and_nobody_is_kept_twice(  # noqa: PLR0917 - hypothesis names them
    numbers: list[str],
    rounds: list[tuple[dict[str, AgentError], tuple[int, Reason] | None, tuple[int, AgentError] | None]],
    here: set[str],
    forced: bool,
    at_once: int,
    cancelled: bool,
) -> None:
    world = World(people(*sorted(here)), at_once=at_once)
    world.run()
    world.files.written.clear()
    world.shown = people(*numbers)
    world.submit(forced=forced)
    for trouble, wish, walk in rounds:
        if world.store.job(world.job_id).status.is_final:
            break
        world.portal.connect()
        world.trouble = {number: error for number, error in trouble.items() if isinstance(error, PortalError)}
        world.files.trouble = {
            f"2nd_Officer/2nd_Officer_{number}.pdf": error
            for number, error in trouble.items()
            if isinstance(error, FilesError)
        }
        world.walk_trouble = walk
        world.go_on() if wish is None else world.go_on(stop_after=wish[0], wish=wish[1])
        assert ListingState.FETCHING not in [state for state, _ in world.ends()]
    world.trouble, world.walk_trouble, world.files.trouble = {}, None, {}
    world.portal.connect()
    job = world.store.job(world.job_id)
    if not job.status.is_final:
        job = world.go_on(stop_after=0 if cancelled else None)
    counts = job.counts
    assert job.status.is_final
    assert counts.listed == counts.stored + counts.skipped + counts.failed
    if job.status is JobStatus.SUCCESS:
        assert counts.listed == len(numbers), "somebody got a second row, or none"
    assert all(reason is not None for state, reason in world.ends() if state is not ListingState.STORED)
    assert len(world.files.written) == len(set(world.files.written))
