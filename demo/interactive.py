"""The demo for a person: in a window, or at an address to open in a browser."""

import os
import sys
import threading

from rich.console import Console

from demo import ending, screen
from demo.running import RunningDemo
from desktop.app import run as run_window
from desktop.display import has_display


def serve(demo: RunningDemo, console: Console, with_window: bool) -> None:
    """Show the demo until its window is closed, or until Ctrl-C where there is none."""
    shows_window = with_window and has_display(sys.platform, os.environ)
    screen.welcome(
        console,
        None if shows_window else demo.agent.launch_url(),
        demo.stack.phone_url,
        demo.stack.portal_url,
        str(demo.download_folder()),
    )
    if not shows_window:
        _print_addresses(demo, console)
        threading.Event().wait()  # until a signal: without input there is nothing else to wait for
    threading.Thread(target=_print_addresses, args=(demo, console), name="enter", daemon=True).start()

    def end(number: int) -> None:
        demo.stop()
        os._exit(ending.EXIT_CODE_OF_A_SIGNAL + number)

    ending.call_on_signal(end)
    run_window(demo.agent, demo.folder.window, demo.folder.agent / "logs")


def _print_addresses(demo: RunningDemo, console: Console) -> None:
    """Print a fresh address for every Enter, until the input ends."""
    # os.read, because a daemon thread inside a buffered read would hold up the end of the interpreter.
    try:
        while os.read(0, 4096):
            screen.fresh_address(console, demo.agent.launch_url())
    except OSError:
        return  # no input at all: a background process, or a service
