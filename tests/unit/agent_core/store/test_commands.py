"""A command is remembered with what it did, in one transaction, and for long enough."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.store.commands import KEPT_DAYS, Answer, Asked
from agent_core.store.database import AgentStore
from protocol.commands import CommandKind
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.agent import REQUEST, TickingClock, open_store


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def store(tmp_path: Path, clock: TickingClock) -> Iterator[AgentStore]:
    with open_store(tmp_path, clock) as opened:
        yield opened


def asked(kind: CommandKind = CommandKind.START_DOWNLOAD) -> Asked:
    return Asked(uuid4(), kind)


def test_a_new_command_is_not_known(store: AgentStore) -> None:
    assert store.commands.answer_to(uuid4()) is None


def test_an_answer_is_kept_and_the_newest_counts(store: AgentStore) -> None:
    command = asked(CommandKind.CONNECT_PORTAL)
    store.commands.put(command, None)
    assert store.commands.answer_to(command.command_id) == Answer(None)
    store.commands.put(command, Reason.LOGIN_BUSY)
    assert store.commands.answer_to(command.command_id) == Answer(Reason.LOGIN_BUSY)


def test_what_is_refused_leaves_no_trace_of_being_done(store: AgentStore) -> None:
    store.create_job(uuid4(), REQUEST)
    command = asked()
    with pytest.raises(StoreError):  # another download of the pair is not over
        store.create_job(uuid4(), REQUEST, command)
    assert store.commands.answer_to(command.command_id) is None


def test_a_wish_about_a_running_job_outlives_the_agent(store: AgentStore) -> None:
    for kind, status, reason in (
        (CommandKind.PAUSE_JOB, JobStatus.QUEUED, Reason.JOB_PAUSED),
        (CommandKind.CANCEL_JOB, JobStatus.CANCELLED, Reason.JOB_CANCELLED),
    ):
        job_id, command = uuid4(), asked(kind)
        store.create_job(job_id, REQUEST)
        store.start_job(job_id)
        wish = store.pause_queued_job if kind is CommandKind.PAUSE_JOB else store.cancel_queued_job
        assert wish(job_id, command).status is JobStatus.RUNNING
        assert store.commands.answer_to(command.command_id) == Answer(None)
        settled = store.settle_interrupted(job_id)  # the agent died and starts again
        assert (settled.status, settled.reason) == (status, reason)
        if status is JobStatus.QUEUED:
            store.cancel_queued_job(job_id)


def test_going_on_takes_a_wish_back(store: AgentStore) -> None:
    job_id = uuid4()
    store.create_job(job_id, REQUEST)
    store.start_job(job_id)
    store.pause_queued_job(job_id, asked(CommandKind.PAUSE_JOB))
    store.release_job(job_id)
    assert store.settle_interrupted(job_id).reason is Reason.JOB_INTERRUPTED


def test_a_wish_that_was_granted_is_over(store: AgentStore) -> None:
    job_id = uuid4()
    store.create_job(job_id, REQUEST)
    store.start_job(job_id)
    store.pause_queued_job(job_id, asked(CommandKind.PAUSE_JOB))
    store.hold_job(job_id, Reason.JOB_PAUSED)
    store.release_job(job_id)
    store.start_job(job_id)
    assert store.settle_interrupted(job_id).reason is Reason.JOB_INTERRUPTED


def test_old_commands_are_forgotten(store: AgentStore, clock: TickingClock) -> None:
    old = asked()
    store.commands.put(old, None)
    clock.move(days=KEPT_DAYS + 1)
    store.commands.put(asked(), None)
    assert store.commands.answer_to(old.command_id) is None
