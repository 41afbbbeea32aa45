"""Prints pages as the product does, with a real Chromium, several tabs at once."""

import base64
import json
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import websocket

from tests.support.browser import chromium_arguments, chromium_path
from tests.support.corpus.pages import Printed

TABS = 3
START_SECONDS = 60.0
ANSWER_SECONDS = 120.0


class Printer:
    """A browser's tabs, driven over one socket."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, timeout=ANSWER_SECONDS, suppress_origin=True)
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._tabs = [self._open() for _ in range(TABS)]

    def print(self, pages: Sequence[Printed]) -> list[bytes]:
        """Print pages, in the order given."""
        return [
            pdf
            for place in range(0, len(pages), TABS)
            for pdf in self._print_some(pages[place : place + TABS])
        ]

    def close(self) -> None:
        """End the browser."""
        self._send("Browser.close", {})
        self._socket.close()

    def _print_some(self, pages: Sequence[Printed]) -> Iterable[bytes]:
        waiting = []
        for (session, frame), page in zip(self._tabs, pages, strict=False):
            self._send("Page.setDocumentContent", {"frameId": frame, "html": page.html}, session)
            size = {"paperWidth": page.width, "paperHeight": page.height, "printBackground": True}
            margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), page.margin)
            waiting.append(self._send("Page.printToPDF", {**size, **margins}, session))
        return [base64.b64decode(self._wait(number)["data"]) for number in waiting]

    def _open(self) -> tuple[str, str]:
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        tree = self._ask("Page.getFrameTree", {}, session)
        return session, tree["frameTree"]["frame"]["id"]

    def _ask(self, method: str, parameters: dict[str, Any], session: str = "") -> dict[str, Any]:
        return self._wait(self._send(method, parameters, session))

    def _send(self, method: str, parameters: dict[str, Any], session: str = "") -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps({**message, "sessionId": session} if session else message))
        return self._number

    def _wait(self, number: int) -> dict[str, Any]:
        while number not in self._answers:
            message = json.loads(self._socket.recv())
            if "id" in message:
                self._answers[message["id"]] = message
        answer = self._answers.pop(number)
        if "error" in answer:
            raise AssertionError(f"the browser refused: {answer['error']}")
        return dict(answer["result"])


@contextmanager
def printer() -> Iterator[Printer]:
    """Start a browser to print with, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [chromium_path(), "--headless=new", *chromium_arguments(), f"--user-data-dir={profile}"]
        browser = subprocess.Popen(
            [*command, "--remote-debugging-port=0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            found = Printer(_address(Path(profile, "DevToolsActivePort")))
            yield found
            found.close()
            with suppress(subprocess.TimeoutExpired):
                browser.wait(START_SECONDS)
        finally:
            if browser.poll() is None:
                browser.kill()
                browser.wait()


def _address(file: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
        if len(lines) > 1:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    raise AssertionError("the browser did not open its door")
