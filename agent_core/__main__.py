"""Start the agent without a window: ``python -m agent_core``."""

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

from agent_core.bootstrap import AgentOptions, build_agent, default_options
from agent_core.clock import system_clock
from agent_core.errors import AgentError
from agent_core.keychain import MemorySecrets
from agent_core.local_api.app import create_app
from agent_core.local_api.openapi import as_text
from agent_core.store.begin_anew import begin_anew


def main(arguments: Sequence[str]) -> int:
    """Run the agent until it is told to end."""
    asked = _parse(arguments)
    if asked.openapi:
        sys.stdout.write(openapi_text())
        return 0
    try:
        if asked.begin_anew:
            _begin_anew(_options(asked).data_dir)
        return _serve(_options(asked))
    except AgentError as error:
        sys.stderr.write(f"{error.reason.sentence} {error.reason.next_step}\n({error})\n")
        return 1


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m agent_core", description="NjordHR's agent, without a window."
    )
    parser.add_argument("--data", type=Path, help="where records, browser profiles and logs go")
    parser.add_argument("--config", type=Path, help="agent.json")
    parser.add_argument("--port", type=int, help="the port on 127.0.0.1; 0 for a free one")
    parser.add_argument("--web-ui", type=Path, help="the built web UI")
    parser.add_argument("--show-browser", action="store_true", help="show the browser that drives the portal")
    parser.add_argument(
        "--begin-anew",
        action="store_true",
        help="keep damaged records aside and begin with what they still say",
    )
    parser.add_argument("--openapi", action="store_true", help="print the OpenAPI document and end")
    return parser.parse_args(arguments)


def _options(asked: argparse.Namespace) -> AgentOptions:
    web_ui = asked.web_ui or Path(__file__).resolve().parents[1] / "web_ui" / "dist"
    options = default_options(web_ui_dir=web_ui if web_ui.is_dir() else None)
    return replace(
        options,
        data_dir=asked.data or options.data_dir,
        config_file=asked.config or options.config_file,
        preferred_port=options.preferred_port if asked.port is None else asked.port,
        headless=not asked.show_browser,
    )


def _begin_anew(data_dir: Path) -> None:
    begun = begin_anew(data_dir, system_clock())
    rows = sum(begun.recovered.values())
    sys.stdout.write(
        f"The old records are kept in {begun.kept_in}. {rows} of theirs were taken over,"
        f" {begun.waiting} of them wait to be sent.\n"
    )


def _serve(options: AgentOptions) -> int:
    ending = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    agent = build_agent(options)
    agent.start()
    try:
        _print_address(agent.launch_url())
        if sys.stdin is not None and sys.stdin.isatty():
            sys.stdout.write("Enter prints a new address, Ctrl-C ends NjordHR.\n")
            threading.Thread(target=_print_on_enter, args=(agent.launch_url,), daemon=True).start()
        while not ending.wait(1):  # without a time-out, Windows would not hear Ctrl-C
            continue
    finally:
        agent.stop()
    return 0


def _print_on_enter(launch_url: Callable[[], str]) -> None:
    for _ in sys.stdin:
        _print_address(launch_url())


def _print_address(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def openapi_text() -> str:
    """Return the OpenAPI document of the local API, made from an agent that is never used."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        agent = build_agent(
            AgentOptions(here, here / "agent.json", preferred_port=0, secrets=MemorySecrets())
        )
        agent.start()
        try:
            return as_text(create_app(agent.services))
        finally:
            agent.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
