"""A person with the frozen program installed, in a home of its own and without a screen."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Error, Page, Playwright

from desktop.install.places import Places

_DOOR = re.compile(r"DevTools listening on ws://([0-9.:]+)/")
A_WHILE_SECONDS = 150.0
"""Longer than anything here takes on a busy machine."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this computer; yields its address, which ends in `/`."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(folder))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class FrozenDesk:
    """The installed program.

    Attributes:
        home: of the person.
        root: of the installation.
    """

    home: Path
    root: Path
    playwright: Playwright
    process: subprocess.Popen[bytes] | None = None

    @property
    def places(self) -> Places:
        """Where everything of the installation is."""
        return Places(self.root)

    @property
    def environ(self) -> Mapping[str, str]:
        """What the person's session gives to programs."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "DBUS_", "PYTHON"))
        }
        return {
            **kept,
            "HOME": str(self.home),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, *arguments: str) -> str:
        """Let the launcher do something that ends by itself; return what it said."""
        command = [str(self.places.launcher), *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Open the program."""
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.places.launcher], env=self.environ, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self) -> None:
        """End all that was started from this installation, and see that it is gone."""
        started = [
            one for one in psutil.process_iter(["exe"]) if (one.info["exe"] or "").startswith(f"{self.root}/")
        ]
        for process in started:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(started, timeout=A_WHILE_SECONDS)
        if self.process is not None:
            self.process.wait()

    def state(self) -> dict[str, Any]:
        """Read what the launcher starts."""
        content: dict[str, Any] = json.loads(self.places.state.read_text(encoding="utf-8"))
        return content

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask the agent as its page does, from within the page."""
        with self.page() as page:
            return _asked(page, method, path, body)

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Look at the page in the window."""
        browser, page = until(self._look, "a window with the agent's page")
        try:
            yield page
        finally:
            browser.close()

    def _look(self) -> tuple[Browser, Page] | None:
        doors = _DOOR.findall((self.home / "log").read_text(encoding="utf-8", errors="replace"))
        if not doors:
            return None
        try:
            browser = self.playwright.chromium.connect_over_cdp(f"http://{doors[-1]}", no_defaults=True)
        except Error:
            return None
        pages = [page for context in browser.contexts for page in context.pages if "/app" in page.url]
        if not pages:
            browser.close()
            return None
        return browser, pages[0]

    def until_update(self, is_so: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """Ask where updates stand until it is so; the program may end and come back meanwhile."""
        found: dict[str, Any] = until(lambda: self._update_if(is_so), what)
        return found

    def _update_if(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self.ask("GET", "/update")
        except Error:
            return None
        return found if is_so(found) else None


def until(look: Callable[[], Any], what: str) -> Any:
    """Look until there is something."""
    pause = threading.Event()
    for _ in range(int(A_WHILE_SECONDS / 0.25)):
        found = look()
        if found is not None:
            return found
        pause.wait(0.25)
    raise AssertionError(f"there was never {what}")


def _asked(page: Page, method: str, path: str, body: object) -> Any:
    """Ask with the session that the page itself uses: what it asks next shows it."""
    with page.expect_request(lambda request: "authorization" in request.headers) as asked:
        pass
    token = asked.value.headers["authorization"]
    return page.evaluate(
        """async ([method, path, token, body]) => {
          const headers = {'Content-Type': 'application/json', Authorization: token}
          const text = body === null ? undefined : JSON.stringify(body)
          return await (await fetch(path, {method, headers, body: text})).json()
        }""",
        [method, path, token, body],
    )
