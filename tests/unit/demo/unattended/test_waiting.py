"""A download that waits is looked after as a recruiter would; what needs judgement ends an unattended run."""

import contextlib
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

import pytest
from pydantic import BaseModel

from agent_core.downloads.queue import WaitsFor
from agent_core.local_api.schemas import QueuedJob, SessionView, StreamMessage
from agent_core.ports import SessionState
from demo.unattended import waiting
from demo.unattended.api import LocalApi
from demo.unattended.steps import PortalLogin, StepFailedError
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason

JOB = JobSnapshot(
    job_id=uuid4(),
    rank="Master",
    ship_type="Tug",
    status=JobStatus.QUEUED,
    created_at=datetime(2026, 11, 20, tzinfo=UTC),
)


class Agent:
    """Answers as the local API does, and keeps what it was asked."""

    def __init__(self, state: SessionState = SessionState.ENDED) -> None:
        self.asked: list[str] = []
        self.state = state

    def ask(self, answer: type[BaseModel], method: str, path: str, *_: object) -> BaseModel:
        self.asked.append(f"{method} {path}")
        if path == "/session/verify-otp":
            self.state = SessionState.CONNECTED
        elif path == "/session/start":
            self.state = SessionState.AWAITING_OTP
        return SessionView(state=self.state) if answer is SessionView else JOB


class Codes:
    def get(self, seconds_left: int | None) -> str:
        return "123456"


def looking_after(agent: Agent, said: list[str]) -> waiting.Waiting:
    login = PortalLogin("office", "right", "0047")
    return waiting.Waiting(cast("LocalApi", agent), login, Codes(), said.append, contextlib.nullcontext)


def waits(reason: Reason | None, waits_for: WaitsFor) -> StreamMessage:
    job = JOB.model_copy(update={"reason": reason})
    return StreamMessage(
        change=1, job=job, queued=QueuedJob(job_id=JOB.job_id, position=1, waits_for=waits_for)
    )


def test_a_session_that_ended_is_logged_in_again() -> None:
    agent, said = Agent(), list[str]()
    after = looking_after(agent, said)
    after.seen(waits(Reason.PORTAL_SESSION_ENDED, WaitsFor.LOGIN))
    after.seen(waits(Reason.PORTAL_SESSION_ENDED, WaitsFor.LOGIN))
    assert agent.asked.count("POST /session/start") == 1, "an old message asks for no second code"
    assert agent.asked.count("POST /session/verify-otp") == 1
    assert Reason.PORTAL_SESSION_ENDED.sentence in said[0]


def test_sessions_that_end_again_and_again_are_given_up() -> None:
    agent = Agent()
    after = looking_after(agent, [])
    for _ in range(waiting.LOGINS):
        agent.state = SessionState.ENDED
        after.seen(waits(Reason.PORTAL_SESSION_ENDED, WaitsFor.LOGIN))
    agent.state = SessionState.ENDED
    with pytest.raises(StepFailedError, match="again and again"):
        after.seen(waits(Reason.PORTAL_SESSION_ENDED, WaitsFor.LOGIN))


def test_a_portal_that_is_away_is_tried_again_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "BETWEEN_TRIES", 0.0)
    agent, said = Agent(SessionState.CONNECTED), list[str]()
    after = looking_after(agent, said)
    for _ in range(waiting.TRIES):
        after.seen(waits(Reason.PORTAL_UNREACHABLE, WaitsFor.PORTAL))
    assert agent.asked == [f"POST /jobs/{JOB.job_id}/resume"] * waiting.TRIES
    with pytest.raises(StepFailedError, match=Reason.PORTAL_UNREACHABLE.sentence):
        after.seen(waits(Reason.PORTAL_UNREACHABLE, WaitsFor.PORTAL))


@pytest.mark.parametrize(
    ("reason", "waits_for"),
    [(Reason.PORTAL_BLOCKED, WaitsFor.PERSON), (Reason.FOLDER_FULL, WaitsFor.FOLDER)],
)
def test_what_needs_a_person_ends_the_run(reason: Reason, waits_for: WaitsFor) -> None:
    with pytest.raises(StepFailedError, match=reason.sentence.rstrip(".")):
        looking_after(Agent(), []).seen(waits(reason, waits_for))


@pytest.mark.parametrize(
    "message",
    [
        StreamMessage(change=1),
        StreamMessage(change=1, job=JOB.model_copy(update={"status": JobStatus.RUNNING})),
        waits(None, WaitsFor.TURN),
        waits(Reason.PORTAL_SESSION_ENDED, WaitsFor.TURN),
    ],
)
def test_whatever_goes_on_by_itself_is_left_alone(message: StreamMessage) -> None:
    agent = Agent()
    looking_after(agent, []).seen(message)
    assert agent.asked == []
