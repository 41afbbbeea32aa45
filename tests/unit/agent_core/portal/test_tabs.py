"""Tabs are opened and closed by the browser's own door. The real one is in the integration tests."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from agent_core.errors import PortalSessionError
from agent_core.portal.tabs import Tabs
from protocol.reasons import Reason


class _Door(BaseHTTPRequestHandler):
    asked: list[str]
    body: bytes

    def do_PUT(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_PUT  # noqa: N815 - as the base class names it

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def door() -> Iterator[HTTPServer]:
    _Door.asked, _Door.body = [], b'{"id": "A1", "type": "page"}'
    server = HTTPServer(("127.0.0.1", 0), _Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_tab_is_opened_and_closed(door: HTTPServer) -> None:
    tabs = Tabs(f"127.0.0.1:{door.server_port}")
    assert tabs.open() == "A1"
    tabs.close("A1")
    assert _Door.asked == ["PUT /json/new?about:blank", "GET /json/close/A1"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"<html>"])
def test_an_answer_that_names_no_tab_means_that_the_browser_is_gone(door: HTTPServer, body: bytes) -> None:
    _Door.body = body
    with pytest.raises(PortalSessionError) as caught:
        Tabs(f"127.0.0.1:{door.server_port}").open()
    assert caught.value.reason is Reason.BROWSER_GONE


def test_no_answer_means_that_the_browser_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PortalSessionError):
        Tabs(f"127.0.0.1:{port}").close("A1")
    with pytest.raises(PortalSessionError):
        Tabs("").open()
