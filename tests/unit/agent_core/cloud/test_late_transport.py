"""Nothing is different for who asks; `test_http.py` asks a real server through it."""

from collections.abc import Iterator

import httpx
import pytest

from agent_core.cloud.late_transport import LateTransport


class Parts(httpx.SyncByteStream):
    """A body that comes in parts."""

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    def close(self) -> None:
        self.closed = True


class Made:
    """Counts the clients, and answers through them."""

    def __init__(self) -> None:
        self.clients: list[httpx.Client] = []
        self.requests: list[httpx.Request] = []
        self.body = Parts()

    def client(self) -> httpx.Client:
        self.clients.append(httpx.Client(transport=httpx.MockTransport(self._answer)))
        return self.clients[-1]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/away":
            raise httpx.ConnectTimeout("too slow", request=request)
        return httpx.Response(302, headers={"Location": "/elsewhere"}, stream=self.body)


def test_nothing_is_made_before_the_first_request_and_one_for_all() -> None:
    made = Made()
    with httpx.Client(transport=LateTransport(made.client)) as client:
        assert made.clients == []
        client.get("http://cloud/a")
        client.get("http://cloud/b")
    assert len(made.clients) == 1
    assert made.clients[0].is_closed


def test_closing_makes_nothing() -> None:
    made = Made()
    httpx.Client(transport=LateTransport(made.client)).close()
    assert made.clients == []


def test_the_request_keeps_its_own_limits_and_headers_and_follows_nothing() -> None:
    made = Made()
    with httpx.Client(transport=LateTransport(made.client), timeout=7, headers={"User-Agent": "x"}) as client:
        assert client.get("http://cloud/a").status_code == 302
    (request,) = made.requests
    assert request.extensions["timeout"]["read"] == 7
    assert request.headers["User-Agent"] == "x"


def test_a_body_is_read_in_parts_and_closed() -> None:
    made = Made()
    late = httpx.Client(transport=LateTransport(made.client))
    with late as client, client.stream("GET", "http://cloud/a") as response:
        assert not made.body.closed
        assert response.read() == b"one two"
    assert made.body.closed


def test_an_error_is_the_one_that_it_was() -> None:
    made = Made()
    with httpx.Client(transport=LateTransport(made.client)) as client, pytest.raises(httpx.ConnectTimeout):
        client.get("http://cloud/away")
