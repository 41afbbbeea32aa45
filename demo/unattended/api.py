"""The agent's local API, as a page of its own origin uses it."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from agent_core.local_api.schemas import LocalSession, StreamMessage
from protocol.problems import PROBLEM_MEDIA_TYPE, Problem
from protocol.reasons import Reason

Answer = TypeVar("Answer", bound=BaseModel)
REQUEST_SECONDS = 90.0
"""A login drives a real browser, and a first page can be slow."""
RENEW_BEFORE = timedelta(minutes=10)
BETWEEN_RECONNECTS = 1.0
RECONNECTS = 5


class RefusedError(Exception):
    """The agent or the cloud refused a request.

    Attributes:
        reason: why, when it said so.
    """

    def __init__(self, doing: str, status: int, problem: Problem | None) -> None:
        """Say what was refused and why."""
        words = f"{problem.title} {problem.next_step}" if problem else f"HTTP {status}"
        super().__init__(f"{doing}: {words}")
        self.reason: Reason | None = problem.reason if problem else None


class LocalApi:
    """A page's session with the agent."""

    def __init__(self, launch_url: str) -> None:
        """Exchange the launch code of the address for a session.

        Raises:
            RefusedError: the code is used up or too old.
        """
        parts = urlsplit(launch_url)
        self._http = httpx.Client(
            base_url=f"{parts.scheme}://{parts.netloc}", timeout=REQUEST_SECONDS, trust_env=False
        )
        code = parts.fragment.removeprefix("code=")
        self._session = self.ask(LocalSession, "POST", "/launch/exchange", {"code": code})

    @property
    def session_token(self) -> str:
        """The page's token; whoever has it is the page."""
        return self._session.session_token

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def ask(
        self,
        answer: type[Answer],
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for something and return the answer.

        Raises:
            RefusedError: it was refused.
        """
        response = self._send(method, path, body, query)
        return answer.model_validate_json(response.content)

    def bytes_of(self, path: str) -> bytes:
        """Return what lies at a path.

        Raises:
            RefusedError: it was refused.
        """
        return self._send("GET", path, None, None).content

    def follow(self, job_id: str) -> Iterator[StreamMessage]:
        """Follow a job until its stream ends with a final state, through broken connections.

        Raises:
            RefusedError: the stream was refused.
            httpx.TransportError: the agent does not answer any more.
        """
        last = ""
        tries = 0
        while True:
            try:
                for message in self._stream(f"/jobs/{job_id}/stream", last):
                    last, tries = str(message.change), 0
                    yield message
                    if message.job is not None and message.job.status.is_final:
                        return
            except httpx.TransportError:
                if tries == RECONNECTS:
                    raise
            tries += 1
            if tries > RECONNECTS:
                raise RefusedError("Following the job", 0, None)
            time.sleep(BETWEEN_RECONNECTS)

    def _stream(self, path: str, last_event_id: str) -> Iterator[StreamMessage]:
        headers = self._headers() | ({"Last-Event-ID": last_event_id} if last_event_id else {})
        with self._http.stream("GET", path, headers=headers) as response:
            if response.is_error:
                response.read()
                raise _refused("Following the job", response)
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield StreamMessage.model_validate_json(line.removeprefix("data:"))

    def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str] | None
    ) -> httpx.Response:
        response = self._http.request(
            method, path, json=body, params=dict(query or {}), headers=self._headers()
        )
        if response.is_error:
            raise _refused(f"{method} {path}", response)
        return response

    def _headers(self) -> dict[str, str]:
        session = getattr(self, "_session", None)
        if session is None:
            return {}
        if session.expires_at - datetime.now(UTC) < RENEW_BEFORE:
            self._session = session = self._renewed(session)
        return {"Authorization": f"Bearer {session.session_token}"}

    def _renewed(self, session: LocalSession) -> LocalSession:
        headers = {"Authorization": f"Bearer {session.session_token}"}
        response = self._http.post("/launch/renew", headers=headers)
        if response.is_error:
            raise _refused("Renewing the page's session", response)
        return LocalSession.model_validate_json(response.content)


def _refused(doing: str, response: httpx.Response) -> RefusedError:
    problem = None
    if response.headers.get("Content-Type", "").startswith(PROBLEM_MEDIA_TYPE):
        try:
            problem = Problem.model_validate_json(response.content)
        except ValidationError:
            problem = None  # a reason of a newer version: the status is all there is to say
    return RefusedError(doing, response.status_code, problem)
