"""What a system's own web view (Windows, macOS) does by scripts in the page.

Copy and paste have keys of the system there; find, print and zoom are `page_tools`.
"""

import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Protocol

from desktop import page_tools
from desktop.attention import Attention, TaskBar
from desktop.menu import Action, again_script
from desktop.page_tools import do_script, tools_script

CAN = page_tools.CAN
PAGE_ANSWERS_SECONDS = 5.0
CLIPBOARD: Mapping[str, tuple[list[str], str]] = {
    "win32": (["clip.exe"], "utf-16"),
    "darwin": (["pbcopy"], "utf-8"),
}
"""Platform -> the program that takes a text to the clipboard from its input, and that text's encoding."""


class ScriptedWindow(Protocol):
    """What pywebview's window offers everywhere."""

    def run_js(self, script: str) -> object:
        """Run a script in the page."""
        ...

    def show(self) -> None:
        """Show the window."""
        ...

    def set_title(self, title: str) -> None:
        """Write over the window's title."""
        ...

    def restore(self) -> None:
        """Bring the window back from the task bar."""
        ...


class ScriptView:
    """The page-side of one window; not to be called on the window's own thread."""

    def __init__(self, window: ScriptedWindow, task_bar: TaskBar | None, title: str) -> None:
        """Keep the window.

        Args:
            window: pywebview's.
            task_bar: the window's button there, if it has one.
            title: the window's usual title.
        """
        self._attention = Attention(task_bar, window.set_title, title) if task_bar is not None else None
        self._window = window

    def perform(self, action: Action) -> None:
        """Do what the menu asked for."""
        self._window.run_js(do_script(action))

    def page_loaded(self) -> None:
        """Give a page that was just loaded its tools; they remember the zoom."""
        self._window.run_js(tools_script())

    def bring_up(self) -> None:
        """Show the window in front of the others."""
        self._window.show()
        self._window.restore()

    def call_for_attention(self, message: str) -> None:
        """Have the window's button flash, and its title say why, if it is behind others."""
        if self._attention is not None:
            self._attention.call(message)

    def load_again(self, url: str) -> None:
        """Load the page that is shown anew, at this address."""
        self._window.run_js(again_script(url))

    def value_of(self, script: str) -> object:
        """Return what an expression in the page gives; nothing when the page does not answer for seconds."""
        found: list[object] = []
        # On a thread of its own: a page that hangs never answers.
        asking = threading.Thread(target=lambda: found.append(self._window.run_js(script)), daemon=True)
        asking.start()
        asking.join(PAGE_ANSWERS_SECONDS)
        return found[0] if found else None

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        command, encoding = CLIPBOARD[sys.platform]
        subprocess.run(command, input=text.encode(encoding), check=True)
