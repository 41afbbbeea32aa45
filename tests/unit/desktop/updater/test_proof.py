import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from desktop.install.probation import CHECKS
from desktop.updater.proof import LATE, Proof, prove


@contextmanager
def answering(status: int, body: object) -> Iterator[tuple[int, str]]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            good = self.headers["Authorization"] == "Bearer secret"
            data = json.dumps(body).encode()
            self.send_response(status if good else 401)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port, "secret"
        server.shutdown()
        thread.join()


@pytest.fixture
def good() -> Iterator[Proof]:
    with answering(200, {"status": "ok", "agent_version": "1.4.2"}) as address:
        yield Proof("1.4.2", lambda: True, lambda: address, lambda: True, ("json",))


def test_all_that_is_asked_is_answered(good: Proof) -> None:
    assert prove(good) == dict.fromkeys(CHECKS, True)


def test_what_is_loaded_late_is_there() -> None:
    import importlib  # noqa: PLC0415 - what is tested here

    assert all(importlib.import_module(name) for name in LATE)


def fails() -> bool:
    raise OSError


def test_each_check_that_goes_wrong_is_told(good: Proof) -> None:
    assert prove(replace(good, modules=("no_such_module",)))["imports"] == (
        "no_such_module: ModuleNotFoundError"
    )
    assert prove(replace(good, is_sound=lambda: False))["records"] == "the records do not hold together"
    assert prove(replace(good, is_sound=fails))["records"] == "OSError"
    assert prove(replace(good, version="1.4.3"))["health"] == "version 1.4.2"
    assert prove(replace(good, page_is_there=lambda: False))["window"] == "the page did not come up"
    port, _ = good.address()
    assert prove(replace(good, address=lambda: (port, "wrong")))["health"] == "status 401"
    assert prove(replace(good, address=lambda: (1, "x")))["health"] == "ConnectionRefusedError"
