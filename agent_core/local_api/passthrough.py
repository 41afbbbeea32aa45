"""Hands ``/api/*`` on to the cloud with the signed-in person's token, so that the page needs no other origin.

What is large goes through piece by piece; when it breaks off there, it breaks off here too, so that the page
never takes a part for the whole.

Only headers that are named here travel, in either direction; addresses that hand out tokens are closed.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import httpx
from apiflask import APIBlueprint
from flask import Response, request

from agent_core.cloud.http import reason_of
from agent_core.errors import CloudError, RequestError
from agent_core.local_api.services import Services
from agent_core.local_api.stream import StreamSeats
from protocol.reasons import Reason

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SENT = ("Accept", "Accept-Language", "Content-Type", "Last-Event-ID", "If-None-Match", "X-Trace-Id")
_RETURNED = (
    "Content-Type",
    "Content-Disposition",
    "ETag",
    "Cache-Control",
    "Retry-After",
    "X-Trace-Id",
    "Content-Security-Policy",
)
_CLOSED = frozenset({"auth/join", "auth/refresh", "auth/sign-in", "auth/sign-out", "device/register"})
"""Their answers hold tokens, which never reach a page."""

_WITHOUT_TOKEN = ("health", "objects/", "auth/invitation")
_TIMEOUT = httpx.Timeout(30, connect=5, read=60)
_UNAUTHORIZED = 401
_EVENT_STREAM = "text/event-stream"
_LARGE_BYTES = 1 << 20


def blueprint(services: Services, seats: StreamSeats) -> APIBlueprint:
    """Make the route; each open stream takes one of the seats."""
    routes = APIBlueprint("passthrough", __name__, enable_openapi=False)

    @routes.route("/api/<path:path>", methods=METHODS)
    def pass_on(path: str) -> Response:
        request.get_data(cache=True)  # refuses a body that is too large before anything else is asked
        url = services.cloud.url(cloud_path(path))
        answer = _ask(services, path, url)
        if answer.headers.get("content-type", "").startswith(_EVENT_STREAM):
            return _stream(answer, seats, _until_it_ends(answer))
        if is_large(answer.headers):
            return _stream(answer, seats, _all_of_it(answer))
        return _whole(services, path, answer)

    return routes


def cloud_path(path: str) -> str:
    """Return the cloud's path of what follows ``/api/``.

    Raises:
        RequestError: the path leads elsewhere, or its answer would hold a token.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in path or path in _CLOSED:
        raise RequestError(Reason.REQUEST_NOT_FOUND)
    return "/api/" + quote(path, safe="/:@!$&'()*+,;=-._~")


def _ask(services: Services, path: str, url: str) -> httpx.Response:
    if path.startswith(_WITHOUT_TOKEN):
        return _send(services, url, "")
    token = services.people.access_token()
    answer = _send(services, url, token)
    if answer.status_code != _UNAUTHORIZED:
        return answer
    answer.close()
    return _send(services, url, services.people.access_token(not_this=token))


def _send(services: Services, url: str, token: str) -> httpx.Response:
    headers = {name: request.headers[name] for name in _SENT if name in request.headers}
    headers["Accept-Encoding"] = "identity"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    client = services.cloud.client
    asked = client.build_request(
        request.method,
        url,
        params=request.args.to_dict(flat=False),
        headers=headers,
        content=request.get_data(cache=True) or None,
        timeout=_TIMEOUT,
    )
    try:
        answer = client.send(asked, stream=True)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = reason_of(error)
        services.cloud.note(reason)
        raise CloudError(reason, type(error).__name__) from error
    services.cloud.note(None)
    return answer


def _whole(services: Services, path: str, answer: httpx.Response) -> Response:
    try:
        data = answer.read()
    except httpx.HTTPError as error:
        raise CloudError(Reason.CLOUD_UNREACHABLE, type(error).__name__) from error
    finally:
        answer.close()
    if is_link(path):
        # A link to the cloud itself is opened through the agent too: the page may load from nowhere else.
        data = data.replace(f'"{services.cloud.url("/api/")}'.encode(), b'"/api/')
    return _response(answer, data)


def is_link(path: str) -> bool:
    """Tell whether the cloud answers this path with a link to a resume."""
    return path.startswith("resumes/") and path.endswith("/link")


def is_large(headers: Mapping[str, str]) -> bool:
    """Tell whether an answer may be too large to be read whole before it is handed on."""
    if "json" in headers.get("content-type", ""):
        return False
    length = headers.get("content-length", "")
    return not length.isdigit() or int(length) > _LARGE_BYTES


def _stream(answer: httpx.Response, seats: StreamSeats, body: Iterator[bytes]) -> Response:
    if not seats.take():
        answer.close()
        raise RequestError(Reason.REQUEST_TOO_MANY, "streams")
    response = _response(answer, body)
    if "content-length" in answer.headers:
        response.headers["Content-Length"] = answer.headers["content-length"]
    response.call_on_close(answer.close)
    response.call_on_close(seats.give_back)
    return response


def _until_it_ends(answer: httpx.Response) -> Iterator[bytes]:
    try:
        yield from answer.iter_raw()
    except httpx.HTTPError:
        return  # the answer has begun, so it can only end; the page asks again and is told the reason then


def _all_of_it(answer: httpx.Response) -> Iterator[bytes]:
    try:
        yield from answer.iter_raw()
    except httpx.HTTPError as error:
        raise CloudError(Reason.CLOUD_UNREACHABLE, type(error).__name__) from error  # the server hangs up


def _response(answer: httpx.Response, body: bytes | Iterator[bytes]) -> Response:
    response = Response(body, answer.status_code)
    response.headers.remove("Content-Type")
    for name in _RETURNED:
        if name in answer.headers:
            response.headers[name] = answer.headers[name]
    return response
