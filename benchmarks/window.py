"""The window's start and memory beside ``chromium --app`` on the same page, in the same run.

*Start* is from the start of the process until the page's largest part was painted, by the page's own clock
(largest contentful paint), which needs nobody to look meanwhile. *Memory* is what all the processes of a tree
hold a few seconds later; what they share is counted once. Two things are compared:

- the window alone with Chromium alone, both on an agent that runs elsewhere and is counted for neither;
- the whole program (agent and window in one) with an agent of its own and then Chromium, both counted.

On a machine with other work, run it at real-time priority (``chrt -r 1 python -m benchmarks window``): wall
time is then that of a quiet one, for all four alike. Where the time goes, by phase, is in docs/adr/0033.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import websocket

from agent_core.portal.programs import BROWSER_NAMES, is_root
from benchmarks.process_trees import end, megabytes

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
SETTLE_SECONDS = 2.5
PATIENCE_SECONDS = 60.0
PROMISED = 1.0
"""Neither time nor memory may be more than the peer's."""

_PAINTED = """new Promise((done) => {
  if (document.readyState !== 'complete' || document.body.innerText.trim().length < 20) return done(null)
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1)
    done(performance.timeOrigin + (last.renderTime || last.loadTime))
  }).observe({type: 'largest-contentful-paint', buffered: true})
  setTimeout(() => done(null), 500)
})"""


@dataclass(frozen=True)
class Start:
    """One start: seconds until the page was painted, and megabytes after it settled."""

    seconds: float
    megabytes: float


def main() -> bool:
    """Print the medians and ratios; tell whether the promise was kept."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="njordhr-benchmark-")))
        env = {**os.environ, "DISPLAY": ends.enter_context(display())}
        agent = ends.enter_context(running_agent(folder / "agent", env))
        found: dict[str, list[Start]] = {}
        for number in range(ROUNDS + 1):  # the first warms the profiles and the disk's cache
            for name, start in one_round(folder, env, agent).items():
                if number:
                    found.setdefault(name, []).append(start)
    return report(found)


def one_round(folder: Path, env: Mapping[str, str], agent: "Serving") -> dict[str, Start]:
    """Start each of the four once."""
    window = [sys.executable, "-m", "benchmarks.window_program"]
    return {
        "window": shown([*window, "alone", agent.url(), str(folder / "window")], env, qt=True),
        "chromium": shown(chromium(agent.url(), folder / "chromium"), env),
        "whole": shown([*window, "whole", str(folder / "whole")], env, qt=True),
        "agent + chromium": agent_then_chromium(folder / "peer", folder / "peer-profile", env),
    }


def report(found: Mapping[str, Sequence[Start]]) -> bool:
    """Print what was found."""
    medians = {
        name: Start(
            statistics.median(one.seconds for one in starts),
            statistics.median(one.megabytes for one in starts),
        )
        for name, starts in found.items()
    }
    print(f"window: medians of {ROUNDS} alternating starts on the built page, without a GPU")
    for name, start in medians.items():
        print(f"  {name:<18}{start.seconds:6.2f} s until painted {start.megabytes:7.0f} MB in all processes")
    kept = True
    for ours, peer in (("window", "chromium"), ("whole", "agent + chromium")):
        seconds = medians[ours].seconds / medians[peer].seconds
        memory = medians[ours].megabytes / medians[peer].megabytes
        kept &= seconds <= PROMISED and memory <= PROMISED
        print(f"  {ours} / {peer}: time {seconds:.2f}, memory {memory:.2f} (promised: at most {PROMISED})")
    return kept


@dataclass(frozen=True)
class Serving:
    """An agent that serves the page, in a process of its own."""

    process: "subprocess.Popen[str]"

    def url(self) -> str:
        """Return an address with a fresh launch code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


AGENT = """
import gc, sys
gc.disable()
from pathlib import Path
from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
folder, web_ui = map(Path, sys.argv[1:3])
agent = build_agent(AgentOptions(folder / "data", folder / "agent.json", web_ui_dir=web_ui, preferred_port=0,
                                 secrets=MemorySecrets()))
agent.start()
gc.freeze()
gc.enable()
for _ in sys.stdin:
    print(agent.launch_url(), flush=True)
agent.stop()
"""
"""The agent alone: an address for each line of its input, until the input ends."""


@contextmanager
def running_agent(folder: Path, env: Mapping[str, str]) -> Iterator[Serving]:
    """Start an agent without a window."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", AGENT, str(folder), str(ROOT / "web_ui" / "dist")],
        cwd=ROOT,
        env=dict(env),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield Serving(process)
    finally:
        process.communicate(timeout=PATIENCE_SECONDS)


def agent_then_chromium(folder: Path, profile: Path, env: Mapping[str, str]) -> Start:
    """Start an agent, and a browser as soon as it has an address."""
    began = time.time()
    with running_agent(folder, env) as agent:
        url = agent.url()
        waited = time.time() - began
        browser = shown(chromium(url, profile), env, beside=psutil.Process(agent.process.pid))
    return Start(waited + browser.seconds, browser.megabytes)


def shown(
    command: Sequence[str],
    env: Mapping[str, str],
    *,
    qt: bool = False,
    beside: psutil.Process | None = None,
) -> Start:
    """Start a program that shows the page, measure, and end it."""
    port = free_port()
    own = {**env, "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{port}"} if qt else dict(env)
    arguments = [*command] if qt else [*command, f"--remote-debugging-port={port}"]
    began = time.time()
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    root = psutil.Process(process.pid)
    try:
        time.sleep(SETTLE_SECONDS)
        painted = painted_at(port)
        time.sleep(SETTLE_SECONDS)
        memory = megabytes(root) + (megabytes(beside) if beside is not None else 0.0)
    finally:
        end(root)
        process.wait()
    return Start(painted - began, memory)


def painted_at(port: int) -> float:
    """Return when the page's largest part was painted, in seconds since 1970."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        milliseconds = evaluated(port)
        if milliseconds is not None:
            return milliseconds / 1000
        time.sleep(0.5)
    raise TimeoutError("the page was not painted")


def evaluated(port: int) -> float | None:
    """Ask the page once; nothing while it is not there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=10) as answer:
            pages = [one for one in json.load(answer) if one["type"] == "page" and "/app/" in one["url"]]
        if not pages:
            return None
        line = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=20, suppress_origin=True)
    except (OSError, websocket.WebSocketException):
        return None
    try:
        asked = {"expression": _PAINTED, "awaitPromise": True, "returnByValue": True}
        line.send(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": asked}))
        answered = json.loads(line.recv())
        if "result" not in answered:  # the page is just being loaded
            return None
        value = answered["result"]["result"].get("value")
        return None if value is None else float(value)
    finally:
        line.close()


def chromium(url: str, profile: Path) -> list[str]:
    """Return the command line of a browser that shows one page as a program."""
    program = next(filter(None, map(shutil.which, BROWSER_NAMES)))
    return [
        program,
        f"--app={url}",
        f"--user-data-dir={profile}",
        "--window-size=1280,760",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        *(["--no-sandbox"] if is_root() else []),
    ]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def display() -> Iterator[str]:
    """Return a display of one's own, so that both are painted by the same hand."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        process.terminate()
        process.wait()
