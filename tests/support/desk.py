"""A person at the product's real window.

As a program (``python -m tests.support.desk FOLDER``) it is the installed program on records of a folder, in
Qt's window without a screen. Each line of the standard input is a Python expression that is evaluated on the
window's own thread, where ``window`` is the main window, ``app`` is Qt's application and ``agent`` the agent;
its value is answered as a line of JSON. With ``--foreground`` it shows the window as the demo does.
`Desk` starts that program and asks it.
"""

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from playwright.sync_api import Error, Page, sync_playwright

from agent_core.bootstrap import Agent, AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from tests.support.tree import ROOT

PAGE = {
    "index.html": "<!doctype html><title>NjordHR</title><h1>The page of the agent</h1>"
    '<script src="page.js"></script>',
    "page.js": """
        const code = new URLSearchParams(location.hash.slice(1)).get('code')
        const json = {'Content-Type': 'application/json'}
        const ask = (method, path, token, body) => fetch(path, {
          method, headers: {...json, Authorization: `Bearer ${token}`}, body: body && JSON.stringify(body)})
        const ready = ask('POST', '/launch/exchange', '', {code}).then((answer) => answer.json())
        window.call = async (method, path, body) => {
          const answer = await ask(method, path, (await ready).session_token, body)
          return [answer.status, await answer.json()]
        }
    """,
}
"""A page that does what the web UI does to get in, and hands its calls to the test."""


def options(folder: Path) -> AgentOptions:
    """Return the options of an agent that lives in this folder, with `PAGE` as its web UI."""
    web_ui = folder / "web_ui"
    web_ui.mkdir(exist_ok=True)
    for name, text in PAGE.items():
        (web_ui / name).write_text(text, encoding="utf-8")
    return AgentOptions(
        folder / "data",
        folder / "agent.json",
        web_ui_dir=web_ui,
        preferred_port=0,
        secrets=MemorySecrets(),
    )


@dataclass
class Desk:
    """The running program and the page in its window."""

    process: subprocess.Popen[str]
    door: str

    def ask(self, expression: str) -> Any:
        """Evaluate on the window's thread."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def until(self, expression: str) -> Any:
        """Ask until the answer is true."""
        deadline = time.monotonic() + 60
        while not (found := self.ask(expression)) or str(found).startswith("AttributeError"):
            assert time.monotonic() < deadline, f"{expression} did not come about"
            time.sleep(0.02)
        return found

    def until_started(self) -> None:
        """Wait until the agent runs; the window may be there long before."""
        self.until("agent._services is not None and window.webview.url().path().startswith('/app')")

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Look at the page from outside, through Qt's debugging door."""
        # Whoever looks at the page while it takes the other one's place may be left with the other one.
        self.until(
            "window.webview.url().scheme() == 'http' and not window.webview.page().isLoading()"
            " and window.webview.title() != 'NjordHR is starting'"
        )
        with sync_playwright() as playwright:
            for _ in range(300):
                assert self.process.poll() is None, "the window ended by itself"
                try:
                    browser = playwright.chromium.connect_over_cdp(f"http://{self.door}", no_defaults=True)
                    page = browser.contexts[0].pages[0]
                except (Error, IndexError) as error:
                    trouble = error
                    threading.Event().wait(0.2)
                else:
                    yield page
                    return
        raise AssertionError("the window did not come up") from trouble


@contextmanager
def at_the_desk(folder: Path, *arguments: str) -> Iterator[Desk]:
    """Start the program; end it if the test left it running."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        door = f"127.0.0.1:{free.getsockname()[1]}"
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_REMOTE_DEBUGGING": door}
    command = [sys.executable, "-m", "tests.support.desk", str(folder), *arguments]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environ,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        yield Desk(process, door)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def serve(lines: IO[str], answers: IO[str], agent: Agent, begun: threading.Event) -> None:
    """Answer each line, evaluated on the thread of the window.

    Qt is neither loaded nor asked here before the window has begun. Its libraries and its application are
    made on the main thread, and whoever reaches for them meanwhile may bring the program down.
    """
    begun.wait()
    from PySide6 import QtCore, QtGui, QtTest, QtWidgets  # noqa: PLC0415 - only this program needs Qt

    names = {"QtCore": QtCore, "QtGui": QtGui, "QtTest": QtTest, "QtWidgets": QtWidgets, "agent": agent}

    def value_of(line: str, app: QtWidgets.QApplication) -> Any:
        found = [one for one in app.topLevelWidgets() if isinstance(one, QtWidgets.QMainWindow)]
        if not found:
            return "AttributeError: there is no window yet"
        try:
            return eval(line, {**names, "app": app, "window": found[0]})
        except Exception as error:  # noqa: BLE001 - the test reads it
            return f"{type(error).__name__}: {error}"

    for line in lines:
        app = QtWidgets.QApplication.instance()
        assert isinstance(app, QtWidgets.QApplication)
        done: queue.Queue[Any] = queue.Queue()
        QtCore.QTimer.singleShot(0, app, lambda line=line, app=app, done=done: done.put(value_of(line, app)))
        answers.write(json.dumps(done.get(timeout=150), default=str) + "\n")
        answers.flush()


class AsksThePage:
    """Stands where `desktop.updating.Updating` does: asks the window's page as a first start does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, agent: Any, window: Any) -> None:
        def ask() -> None:
            found = [
                window.answers("document.querySelector('h1')?.textContent", text, seconds, lambda: True)
                for text, seconds in (("The page of the agent", 60.0), ("Another page", 0.3))
            ]
            (self.folder / "asked").write_text(json.dumps([*found, window.is_hidden]))

        threading.Thread(target=ask, daemon=True).start()

    def stop(self) -> None:
        pass

    def start_again(self) -> int:
        return 75


def main(folder: Path, arguments: Collection[str]) -> None:
    """Run the program as installed, but for its records, its secrets and the debugging door."""
    from desktop.app import App  # noqa: PLC0415 - only this program opens a window
    from desktop.installed import InstalledProgram  # noqa: PLC0415

    agent, begun = build_agent(options(folder)), threading.Event()
    threading.Thread(target=serve, args=(sys.stdin, sys.stdout, agent, begun), daemon=True).start()

    def made() -> Agent:
        begun.set()
        return agent

    code = 0
    if "--foreground" in arguments:
        agent.start()
        app = App(agent, storage=folder / "window", logs=folder, why=lambda: None, hides=False)
        app.run(agent.launch_url(), ready=begun.set, remote_debugging=True)
        agent.stop()
    else:
        program = InstalledProgram(
            made,
            folder / "data",
            hidden="--hidden" in arguments,
            remote_debugging=True,
            updating=AsksThePage(folder) if "--asks-the-page" in arguments else None,  # type: ignore[arg-type]  # as much of it as is used
        )
        code = program.run()
    sys.stdout.flush()
    os._exit(code)  # the thread at the standard input would hold up the end of the interpreter


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
