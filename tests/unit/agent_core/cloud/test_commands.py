"""What the office asks is done and answered; what cannot be answered comes again; a wait can be ended."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from agent_core.cloud.commands import IDLE_SECONDS, CommandThread, HeldLine
from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.errors import AgentError, CloudError, StoreError
from protocol.commands import Command, CommandKind
from protocol.reasons import Reason
from tests.support.agent_rig import eventually
from tests.support.cloud_simulator import DEVICE_TOKEN, CloudState, running_cloud

FIRST, SECOND = "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0001", "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002"


class Desk:
    """A computer that does what the office asks."""

    def __init__(self, cloud: CloudState, http: CloudHttp) -> None:
        self.cloud = cloud
        self.token: str | None = DEVICE_TOKEN
        self.done: list[CommandKind] = []
        self.answers: list[Reason | Exception | None] = []
        gateway = CloudGateway(http, lambda: self.token)
        self.uploads_wanted = 0
        self.thread = CommandThread(
            http,
            gateway,
            token=lambda: self.token,
            obey=self._obey,
            jitter=lambda: 0.0,
            uploads_wanted=self._note,
        )

    def _note(self) -> None:
        self.uploads_wanted += 1

    def _obey(self, command: Command) -> Reason | None:
        self.done.append(command.kind)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def desk() -> Iterator[Desk]:
    with running_cloud() as cloud, make_client() as client:
        yield Desk(cloud, CloudHttp(client, lambda: cloud.url))


def asked(command_id: str, kind: str, **more: object) -> dict[str, Any]:
    return {"command_id": command_id, "kind": kind, **more}


def test_a_wish_for_a_resume_is_passed_on(desk: Desk) -> None:
    desk.thread.step()
    assert desk.uploads_wanted == 0
    desk.cloud.uploads_wanted = True
    desk.thread.step()
    assert desk.uploads_wanted == 1


def test_each_is_done_in_order_and_answered(desk: Desk) -> None:
    desk.cloud.commands += [asked(FIRST, "connect_portal"), asked(SECOND, "resend_code")]
    desk.answers = [None, Reason.LOGIN_BUSY]
    desk.thread.step()
    assert desk.done == [CommandKind.CONNECT_PORTAL, CommandKind.RESEND_CODE]
    assert desk.cloud.answers == [(FIRST, "done", ""), (SECOND, "refuse", "login.busy")]


def test_what_only_a_newer_version_knows_is_refused_and_blocks_nobody(desk: Desk) -> None:
    desk.cloud.commands += [asked(FIRST, "make_coffee"), asked(SECOND, "connect_portal")]
    desk.thread.step()
    assert desk.cloud.answers == [(FIRST, "refuse", "command.unknown"), (SECOND, "done", "")]


def test_what_cannot_be_remembered_now_comes_again(desk: Desk) -> None:
    desk.cloud.commands.append(asked(FIRST, "connect_portal"))
    desk.answers = [StoreError(Reason.AGENT_STORE_WRITE)]
    with pytest.raises(AgentError):
        desk.thread.step()
    assert desk.cloud.answers == []
    desk.thread.step()
    assert desk.cloud.answers == [(FIRST, "done", "")]


def test_a_fault_of_ours_is_answered_so_that_it_does_not_come_for_ever(desk: Desk) -> None:
    desk.cloud.commands.append(asked(FIRST, "connect_portal"))
    desk.answers = [ValueError("a fault")]
    desk.thread.step()
    assert desk.cloud.answers == [(FIRST, "refuse", "server.fault")]


def test_a_computer_without_an_office_asks_nothing(desk: Desk) -> None:
    desk.token = None
    assert desk.thread.step() == IDLE_SECONDS
    assert not desk.cloud.seen_headers


def test_a_disconnected_computer_asks_once_until_it_has_another_token(desk: Desk) -> None:
    desk.cloud.revoked = True
    with pytest.raises(CloudError) as caught:
        desk.thread.step()
    assert caught.value.reason is Reason.DEVICE_REVOKED
    assert desk.thread.step() == IDLE_SECONDS
    assert len(desk.cloud.seen_headers) == 1


def test_the_thread_goes_on_after_failures_and_ends(desk: Desk) -> None:
    desk.cloud.faults.extend(["500", "garbage", "drop before"])
    desk.cloud.commands.append(asked(FIRST, "connect_portal"))
    desk.thread.start()

    def is_answered() -> bool:
        desk.thread.ask_now()  # nobody waits for the pauses between failures
        return desk.cloud.answers == [(FIRST, "done", "")]

    eventually(is_answered)
    assert desk.thread.stop(60)


def test_a_question_that_is_held_ends_when_the_agent_does() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, make_client() as client:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        http = CloudHttp(client, lambda: url)
        thread = CommandThread(
            http,
            CloudGateway(http, lambda: DEVICE_TOKEN),
            token=lambda: DEVICE_TOKEN,
            obey=lambda _: None,
            jitter=lambda: 0.0,
            line=HeldLine(client),
        )
        thread.start()
        connection, _ = silent.accept()
        with connection:
            assert connection.recv(100).startswith(b"GET /api/device/commands?wait=")
            ended: list[bool] = []
            stopping = threading.Thread(target=lambda: ended.append(thread.stop(60)))
            stopping.start()
            stopping.join(60)  # nobody ever answers
            assert ended == [True]
