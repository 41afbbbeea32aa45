"""Streams on the real socket: each holds a seat and gives it back when its reader goes."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.bootstrap import Agent, AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from agent_core.local_api.app import STREAMS
from tests.support.agent import REQUEST
from tests.support.agent_rig import eventually


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Agent]:
    started = build_agent(
        AgentOptions(tmp_path, tmp_path / "agent.json", preferred_port=0, secrets=MemorySecrets())
    )
    started.start()
    yield started
    started.stop()


def open_stream(agent: Agent, token: str, job_id: str) -> tuple[http.client.HTTPConnection, int]:
    connection = http.client.HTTPConnection("127.0.0.1", agent.port, timeout=20)
    connection.request("GET", f"/jobs/{job_id}/stream", headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    if answer.status == 200:
        assert answer.readline().startswith(b"id: ")
    return connection, answer.status


def test_readers_that_leave_give_their_seats_back_and_requests_are_answered_meanwhile(agent: Agent) -> None:
    token, _ = agent.services.tokens.issue()
    job_id = str(agent.services.store.create_job(uuid4(), REQUEST)[0].job_id)
    opened = [open_stream(agent, token, job_id) for _ in range(STREAMS)]
    assert {status for _, status in opened} == {200}
    refused, status = open_stream(agent, token, job_id)
    refused.close()
    assert status == 429
    asked = http.client.HTTPConnection("127.0.0.1", agent.port, timeout=20)
    asked.request("GET", "/health", headers={"Authorization": f"Bearer {token}"})
    assert asked.getresponse().status == 200
    asked.close()
    for connection, _ in opened:
        connection.close()

    def has_a_seat() -> bool:
        again, code = open_stream(agent, token, job_id)
        again.close()
        return code == 200

    eventually(has_a_seat)
