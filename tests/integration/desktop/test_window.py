"""The window, in a real Qt web view without a screen."""

import http.server
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, sync_playwright

from tests.support.tree import ROOT

PAGE = b"<!doctype html><title>NjordHR</title><h1>The page of the agent</h1>"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it)
        del format, args


@pytest.fixture(scope="module")
def page_url() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def window(page_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        door = f"127.0.0.1:{free.getsockname()[1]}"
    storage: Path = tmp_path_factory.mktemp("window")
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_REMOTE_DEBUGGING": door}
    command = [sys.executable, "-m", "tests.support.windowed", page_url, str(storage)]
    with (storage / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        with sync_playwright() as playwright:
            yield _connect(playwright.chromium.connect_over_cdp, f"http://{door}", process)
    finally:
        process.terminate()
        process.wait(20)


def _connect(connect_over_cdp, url: str, process: subprocess.Popen[bytes]) -> Page:  # type: ignore[no-untyped-def]  # playwright's bound method
    for _ in range(100):
        assert process.poll() is None, "the window ended by itself"
        try:
            page: Page = connect_over_cdp(url, no_defaults=True).contexts[0].pages[0]
        except (Error, IndexError):
            threading.Event().wait(0.2)
        else:
            return page
    raise AssertionError("the window did not come up")


def test_the_window_shows_the_page(window: Page) -> None:
    assert window.inner_text("h1") == "The page of the agent"


def test_the_page_may_ask_for_a_folder_and_for_nothing_else(window: Page) -> None:
    window.wait_for_function("() => Boolean(window.pywebview?.api?.choose_folder)")
    offered = window.evaluate("Object.keys(window.pywebview.api).filter((name) => !name.startsWith('_'))")
    assert offered == ["choose_folder"]
