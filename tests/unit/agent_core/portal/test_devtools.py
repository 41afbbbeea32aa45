"""A tab's line. What a real tab says to it is in the integration tests."""

import socket

import pytest

from agent_core.portal.devtools import Line, LineClosedError


def test_no_browser_is_no_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address in (f"127.0.0.1:{port}", "", "nowhere"):
        with pytest.raises(LineClosedError):
            Line(address, "T", lambda *_: None)
