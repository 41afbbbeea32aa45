"""The agent's local API as a page uses it: sessions, refusals, and a stream that breaks."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from agent_core.local_api.schemas import FolderView, JobDetails
from demo.unattended import api
from demo.unattended.api import LocalApi, RefusedError
from protocol.jobs import JobSnapshot, JobStatus
from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason

JOB = UUID("6b0e7b38-5a6d-4f1c-9d0e-0b6a2f6f7a10")
Handler = Callable[[httpx.Request], httpx.Response]


def _session(seconds: int = 3600) -> dict[str, Any]:
    expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
    return {"session_token": f"token-{seconds}", "expires_at": expires_at.isoformat()}


@contextmanager
def _talking_to(handler: Handler, monkeypatch: pytest.MonkeyPatch, seconds: int = 3600) -> Iterator[LocalApi]:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/launch/exchange":
            assert json.loads(request.content) == {"code": "abc"}
            assert "Authorization" not in request.headers
            return httpx.Response(200, json=_session(seconds))
        return handler(request)

    real = httpx.Client

    def client(**options: Any) -> httpx.Client:
        return real(**options, transport=httpx.MockTransport(answer))

    monkeypatch.setattr(httpx, "Client", client)
    monkeypatch.setattr(api, "BETWEEN_RECONNECTS", 0)
    with LocalApi("http://127.0.0.1:1/app/#code=abc") as talking:
        yield talking


def test_a_refusal_carries_the_agents_words(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = problem(Reason.FOLDER_NOT_WRITABLE, 422).model_dump_json()

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(422, content=refusal, headers={"Content-Type": PROBLEM_MEDIA_TYPE})

    with (
        _talking_to(handler, monkeypatch) as talking,
        pytest.raises(RefusedError, match=r"may not write.*Choose a folder") as caught,
    ):
        talking.ask(FolderView, "PUT", "/settings/download-folder", {"download_folder": "/x"})
    assert caught.value.reason is Reason.FOLDER_NOT_WRITABLE


@pytest.mark.parametrize("content", [b'{"reason": "new.reason"}', b"<html>"])
def test_a_refusal_of_a_newer_version_is_said_with_its_status(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(503, content=content, headers={"Content-Type": PROBLEM_MEDIA_TYPE})

    with _talking_to(handler, monkeypatch) as talking, pytest.raises(RefusedError, match="HTTP 503"):
        talking.bytes_of("/resumes/1/2")


def test_a_session_is_renewed_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.path, request.headers["Authorization"]))
        return httpx.Response(200, json=_session())

    with _talking_to(handler, monkeypatch, seconds=60) as talking:
        talking.bytes_of("/health")
        talking.bytes_of("/health")
    assert seen == [
        ("/launch/renew", "Bearer token-60"),
        ("/health", "Bearer token-3600"),
        ("/health", "Bearer token-3600"),
    ]


def _message(change: int, status: JobStatus) -> str:
    job = JobSnapshot(
        job_id=JOB,
        rank="Master",
        ship_type="Tug",
        status=status,
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    data = json.dumps({"change": change, "job": job.model_dump(mode="json")})
    return f": a comment\n\nid: {change}\nevent: job\ndata: {data}\n\n"


def test_a_broken_stream_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    parts = iter(
        [_message(1, JobStatus.QUEUED), _message(2, JobStatus.RUNNING), _message(3, JobStatus.SUCCESS)]
    )

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("Last-Event-ID"))
        return httpx.Response(200, text=next(parts))

    with _talking_to(handler, monkeypatch) as talking:
        assert [message.change for message in talking.follow(str(JOB))] == [1, 2, 3]
    assert asked == [None, "1", "2"]


def test_a_stream_that_stays_away_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with _talking_to(handler, monkeypatch) as talking, pytest.raises(httpx.ConnectError):
        list(talking.follow(str(JOB)))


def test_an_answer_is_read_into_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"job": json.loads(_message(1, JobStatus.QUEUED).split("data: ")[1])["job"], "listings": []}

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=body)

    with _talking_to(handler, monkeypatch) as talking:
        assert talking.ask(JobDetails, "GET", f"/jobs/{uuid4()}").job.job_id == JOB
