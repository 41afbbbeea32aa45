"""One HTTP client to the cloud: time-outs, and every refusal as a `CloudError` with its reason."""

import re
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from agent_core import VERSION
from agent_core.clock import system_clock
from agent_core.cloud.late_transport import LateTransport
from agent_core.errors import CloudError
from agent_core.ports import Clock
from protocol.problems import PROBLEM_MEDIA_TYPE
from protocol.reasons import Reason

Answer = TypeVar("Answer", bound=BaseModel)

UNREACHED = frozenset({Reason.CLOUD_UNREACHABLE, Reason.CLOUD_CERTIFICATE})
"""Nothing came back."""

_REASONS = {reason.value: reason for reason in Reason}
_TIMEOUT = httpx.Timeout(20, connect=5)
_SERVER_FAULT = 500
_REFUSED = 400


def make_client() -> httpx.Client:
    """Make the client that the whole agent shares. What is on this computer is never asked by a proxy."""
    return httpx.Client(
        timeout=_TIMEOUT,
        follow_redirects=False,
        headers={"User-Agent": f"NjordHR-agent/{VERSION}"},
        transport=LateTransport(_connections),
    )


def _connections() -> httpx.Client:
    return httpx.Client(follow_redirects=False, mounts={"all://127.0.0.1": None, "all://localhost": None})


class CloudHttp:
    """Requests to the cloud whose address the settings have now; any thread."""

    def __init__(
        self, client: httpx.Client, base_url: Callable[[], str], clock: Clock = system_clock
    ) -> None:
        """Use this client and this address."""
        self._clock = clock
        self._last_contact_at: datetime | None = None
        self.client = client
        self._base_url = base_url
        self._last_failure: Reason | None = None
        self._tried = False

    @property
    def is_reachable(self) -> bool | None:
        """Whether the cloud answered when it was last asked; absent before that."""
        return self._last_failure is None if self._tried else None

    @property
    def last_contact_at(self) -> datetime | None:
        """When the cloud answered last; absent when it did not since the start."""
        return self._last_contact_at

    def note(self, failure: Reason | None) -> None:
        """Keep how the cloud answered last."""
        self._tried = True
        self._last_failure = failure
        if failure is None:
            self._last_contact_at = self._clock()

    def url(self, path: str) -> str:
        """Return the whole address of a path of the cloud.

        Raises:
            CloudError: the settings name no cloud.
        """
        base = self._base_url()
        if not base:
            raise CloudError(Reason.DEVICE_NOT_PAIRED, "api_base_url is empty")
        return base + path

    def link(self, given: str) -> str:
        """Return the whole address of a link that the cloud handed out: to itself, or to its store.

        Raises:
            CloudError: the bytes of a resume would travel in the clear, while the cloud's own do not.
        """
        if given.startswith("/"):
            return self.url(given)
        if self._base_url().startswith("https:") and not given.startswith("https:"):
            raise CloudError(Reason.CLOUD_ANSWER, "an open link")
        return given

    def call(
        self, method: str, path: str, answer: type[Answer], *, body: BaseModel | None = None, token: str = ""
    ) -> Answer:
        """Ask the cloud and read its answer.

        Raises:
            CloudError: it refused, answered nonsense, or cannot be reached.
        """
        response = self.send(method, path, body=body, token=token)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise CloudError(Reason.CLOUD_ANSWER, answer.__name__) from error

    def send(
        self, method: str, path: str, *, body: BaseModel | None = None, token: str = ""
    ) -> httpx.Response:
        """Ask the cloud; return an answer that is no refusal.

        Raises:
            CloudError: it refused, or cannot be reached.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = body.model_dump_json().encode()
        try:
            response = self.request(method, self.url(path), headers=headers, content=content)
            if response.status_code >= _REFUSED:
                raise refusal_of(response)
        except CloudError as error:
            self.note(error.reason if error.reason in UNREACHED else None)
            raise
        self.note(None)
        return response

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Send one request anywhere.

        Raises:
            CloudError: one of `UNREACHED`.
        """
        try:
            return self.client.request(method, url, **options)
        except httpx.InvalidURL as error:
            raise CloudError(Reason.CLOUD_ANSWER, "address") from error
        except httpx.HTTPError as error:
            raise CloudError(reason_of(error), type(error).__name__) from error


def reason_of(error: Exception) -> Reason:
    """Return why nothing came back: nobody is there, or no certificate is good, as with a wrong clock."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Reason.CLOUD_CERTIFICATE
        cause = cause.__cause__ or cause.__context__
    return Reason.CLOUD_UNREACHABLE


def refusal_of(response: httpx.Response) -> CloudError:
    """Return what a refusal says: its own reason if it is a problem that we know, else by its status."""
    reason = _named_reason(response)
    if reason is None:
        down = response.status_code >= _SERVER_FAULT
        reason = Reason.CLOUD_UNREACHABLE if down else Reason.CLOUD_ANSWER
    return CloudError(reason, f"status {response.status_code}", retry_after=_retry_after(response))


def _retry_after(response: httpx.Response) -> timedelta | None:
    """Return the seconds that the cloud asks for; a date is not read, for whose clock is right is unknown."""
    text = response.headers.get("retry-after", "")
    return timedelta(seconds=int(text)) if re.fullmatch(r"[0-9]{1,6}", text) else None


def _named_reason(response: httpx.Response) -> Reason | None:
    if not response.headers.get("content-type", "").startswith(PROBLEM_MEDIA_TYPE):
        return None
    try:
        document = response.json()
    except ValueError:
        return None
    return known_reason(document.get("reason")) if isinstance(document, dict) else None


def known_reason(code: object) -> Reason | None:
    """Return the reason of a code, unless it is one that only a newer version knows."""
    return _REASONS.get(code) if isinstance(code, str) else None
