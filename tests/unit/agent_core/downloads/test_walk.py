"""The walk records everybody as they are listed, and a second walk gives nobody a second row."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.downloads.task import Task
from agent_core.downloads.walk import Walk, walk_lists
from agent_core.errors import AgentError, PortalError, PortalSessionError
from protocol.jobs import JobRequest
from protocol.reasons import Reason
from tests.support.download_world import FOLDER, RANK, SHIP, people
from tests.support.simulated import SimulatedFiles, SimulatedPortal, SimulatedStore


def task_of(portal: SimulatedPortal, stop: Callable[[], Reason | None] = lambda: None) -> Task:
    store = SimulatedStore()
    job = store.start_job(store.submit(JobRequest(rank=RANK, ship_type=SHIP)))
    return Task(job, portal, SimulatedFiles(), store, FOLDER, stop)


def numbers(task: Task) -> list[str]:
    return [row.candidate_external_id for row in task.store.listings(task.job_id)]


def broken(portal: SimulatedPortal, at: int, error: AgentError) -> SimulatedPortal:
    portal.walk_trouble = (at, error)
    return portal


def test_lists_that_were_walked_are_not_walked_again() -> None:
    portal = SimulatedPortal(shown=people("1", "2")).connect()
    task = task_of(portal)
    assert walk_lists(task) == Walk()
    portal.shown = people("1", "2", "3")
    assert walk_lists(task) == Walk()
    assert numbers(task) == ["1", "2"]


@pytest.mark.parametrize(
    ("error", "walk"),
    [
        (PortalSessionError(Reason.PORTAL_SESSION_ENDED), Walk(stop=Reason.PORTAL_SESSION_ENDED)),
        (PortalSessionError(Reason.BROWSER_GONE), Walk(stop=Reason.BROWSER_GONE)),
        (PortalError(Reason.PORTAL_BLOCKED), Walk(stop=Reason.PORTAL_BLOCKED)),
        (PortalError(Reason.PORTAL_CHANGED, "select#rank"), Walk(missing=Reason.PORTAL_CHANGED)),
        (PortalError(Reason.PORTAL_SLOW), Walk(missing=Reason.PORTAL_SLOW)),
    ],
)
def test_a_walk_that_breaks_off_keeps_who_was_listed(error: PortalError, walk: Walk) -> None:
    portal = broken(SimulatedPortal(shown=people("1", "2", "3")).connect(), 2, error)
    task = task_of(portal)
    assert walk_lists(task) == walk
    assert numbers(task) == ["1", "2"]
    portal.walk_trouble = None
    portal.connect()
    assert walk_lists(task) == Walk()
    assert numbers(task) == ["1", "2", "3"]


def test_a_list_that_fails_while_the_portal_is_away_is_walked_when_it_answers() -> None:
    portal = broken(SimulatedPortal(shown=people("1")).connect(), 0, PortalError(Reason.PORTAL_SLOW))
    portal.away = True
    assert walk_lists(task_of(portal)) == Walk(stop=Reason.PORTAL_UNREACHABLE)


def test_a_wish_breaks_the_walk_off() -> None:
    task = task_of(SimulatedPortal(shown=people("1")).connect(), lambda: Reason.JOB_PAUSED)
    assert walk_lists(task) == Walk(stop=Reason.JOB_PAUSED)
    assert numbers(task) == []


@given(
    first=st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=8),
    breaks_at=st.integers(0, 8),
    second=st.lists(st.sampled_from(["", "1", "2", "3", "4"]), max_size=8),
)
def test_a_second_walk_adds_only_what_the_first_had_not(
    first: list[str], breaks_at: int, second: list[str]
) -> None:
    ended = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
    portal = broken(SimulatedPortal(shown=people(*first)).connect(), breaks_at, ended)
    task = task_of(portal)
    walk_lists(task)
    before = numbers(task)
    portal.walk_trouble, portal.shown = None, people(*second)
    portal.connect()
    was_walked = task.store.is_walked(task.job_id)
    walk_lists(task)
    after = numbers(task)
    assert after[: len(before)] == before
    for number in set(first + second):
        wanted = before.count(number) if was_walked else max(before.count(number), second.count(number))
        assert after.count(number) == wanted
