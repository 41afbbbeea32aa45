"""What the window's closing, its menu and its keys mean for the program around it."""

import gc
import platform
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from agent_core import VERSION
from agent_core.errors import RequestError
from agent_core.files import file_manager
from desktop.closing import Closing
from desktop.diagnostics import diagnostics
from desktop.menu import Action
from desktop.toolkit import ready_toolkit
from protocol.reasons import Reason

if TYPE_CHECKING:
    from agent_core.ports import NativeWindow
    from desktop.window import Window

RUNNING_JOB = "A download is running. Close NjordHR and stop it? People that are stored already are kept."
GOES_ON = (
    "NjordHR goes on in the background when its window is closed. Open NjordHR again to see it; "
    "Quit in its File menu (Ctrl+Q) ends it."
)
_ASK_PAGE_SECONDS = 0.1
TOLD_FILE = "told-that-it-goes-on"


class WindowedAgent(Protocol):
    """What the window needs of the agent."""

    def launch_url(self) -> str:
        """Return the page's address with a fresh one-time code.

        Raises:
            RequestError: the agent is not running.
        """
        ...

    def has_page(self) -> bool:
        """Tell whether a page may have a session that is still good.

        Raises:
            RequestError: the agent is not running.
        """
        ...

    def is_downloading(self) -> bool:
        """Tell whether a download is running now.

        Raises:
            RequestError: the agent is not running.
        """
        ...

    def offer_window(self, window: "NativeWindow | None") -> None:
        """Let the agent use the window from now on, or no more."""
        ...


class App:
    """The decisions around one window. Implements `agent_core.ports.NativeWindow` while it runs."""

    def __init__(
        self,
        agent: WindowedAgent,
        *,
        storage: Path,
        logs: Path,
        why: Callable[[], Reason | None],
        hides: bool,
    ) -> None:
        """Join the parts.

        Args:
            agent: whose page is shown; it may not be running.
            storage: a folder of this program's own for what the page and the window remember.
            logs: where the agent's logs are.
            why: says why the agent could not start; nothing when it did.
            hides: whether closing hides the window instead of ending the program.
        """
        self._agent = agent
        self._storage = storage
        self._logs = logs
        self._why = why
        self._hides = hides
        self._is_ending = False
        self._window: Window | None = None

    def run(
        self,
        url: str | None,
        *,
        ready: Callable[[], None] = lambda: None,
        hidden: bool = False,
        remote_debugging: bool = False,
    ) -> None:
        """Show this page in the window until it ends. Runs on the main thread.

        Args:
            url: the page; without one the window says that NjordHR starts.
            ready: called on a thread of its own when the window begins.
            hidden: begin without showing the window.
            remote_debugging: let a test drive the window from outside; Linux only.
        """
        gc.disable()  # nothing that is being loaded is garbage; to look for some is a tenth of the start
        toolkit = ready_toolkit(remote_debugging)
        from desktop.window import Window  # noqa: PLC0415 - loaded while the web engine's processes start

        window = Window(
            url,
            self._make_storage(),
            toolkit,
            closing=self.closing,
            do=self.do,
            on_signal=self._end if self._hides else None,
            busy_question=RUNNING_JOB,
            hidden=hidden,
        )
        self._window = window
        try:
            window.run(lambda: self._begin(ready))
        finally:
            gc.enable()
            self._agent.offer_window(None)

    def bring_up(self) -> None:
        """Show the window, with a page that works: after a long sleep the session of the old one is over."""
        window = self._window
        if window is None:
            return
        window.bring_up()
        if not self._agent.has_page():
            self._reload(window)

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder; ``None`` when they change their mind."""
        return self._window.choose_folder(start) if self._window is not None else None

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        """Let the person choose where to save a file; ``None`` when they change their mind."""
        return self._window.choose_save_file(folder, file_name) if self._window is not None else None

    def call_for_attention(self, message: str) -> None:
        """Have the window's button in the task bar flash, if the window is seen but behind others."""
        if self._window is not None:
            self._window.call_for_attention(message)

    def closing(self) -> Closing:
        """Say what becomes of the window that the person closes."""
        if self._is_ending:
            return Closing.END
        if not self._hides or self._why() is not None:
            return Closing.ASK if self._is_downloading() else Closing.END
        if (self._storage / TOLD_FILE).exists():
            return Closing.HIDE
        if self._window is not None:
            # Not from here: this is the window's thread, which the dialog needs.
            threading.Thread(target=self._tell_that_it_goes_on, args=(self._window,), daemon=True).start()
        return Closing.STAY

    def do(self, action: Action) -> None:
        """Do what the menu or a key asked for; not on the window's own thread."""
        window = self._window
        if window is None:
            return
        if action is Action.QUIT:
            self._quit(window)
        elif action is Action.RELOAD:
            self._reload(window)
        elif action is Action.OPEN_LOGS:
            self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
            file_manager.show(self._logs)
        elif action is Action.COPY_DIAGNOSTICS:
            self.copy_diagnostics()
        elif action is Action.ABOUT:
            window.ask(f"NjordHR {VERSION}\n{platform.system()} {platform.machine()}")
        else:
            window.perform(action)

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees the window."""
        return self._window is None or self._window.is_hidden

    def answers(self, script: str, answer: str, seconds: float, goes_on: Callable[[], bool]) -> bool:
        """Tell whether the page answers a script so, within some time; asked again until it does.

        Args:
            script: an expression.
            answer: the text that it is to give.
            seconds: how long to ask.
            goes_on: whether to go on asking.
        """
        deadline = time.monotonic() + seconds
        while goes_on() and time.monotonic() < deadline:
            if self._window is not None and self._window.value_of(script) == answer:
                return True
            time.sleep(_ASK_PAGE_SECONDS)
        return False

    def copy_diagnostics(self, fault: str = "") -> None:
        """Copy what support needs to know of this computer, with nothing personal in it.

        Args:
            fault: kind and place of an error that has no reason of its own.
        """
        if self._window is not None:
            self._window.copy(diagnostics(self._why(), fault))

    def show_agent(self) -> None:
        """Show the agent's page, which runs by now."""
        self.show_page(self._agent.launch_url())

    def show_page(self, url: str) -> None:
        """Show another page."""
        if self._window is not None:
            self._window.load(url)

    def show_failure(self, url: str) -> None:
        """Show the page of a start that failed, also where nobody was to see the window."""
        self.show_page(url)
        if self._window is not None:
            self._window.bring_up()

    def end(self) -> None:
        """Close the window for good."""
        self._end()

    def _begin(self, ready: Callable[[], None]) -> None:
        self._agent.offer_window(self)
        try:
            ready()
        finally:
            gc.freeze()  # what was loaded stays, and need not be looked through while the page loads
            gc.enable()

    def _quit(self, window: "Window") -> None:
        if self._is_downloading():
            window.bring_up()
            if not window.ask(RUNNING_JOB):
                return
        self._end()

    def _end(self) -> None:
        self._is_ending = True
        if self._window is not None:
            self._window.end()

    def _make_storage(self) -> Path:
        try:
            self._storage.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:  # the window must come up all the same, to say what is wrong with the disk
            self._storage = Path(tempfile.mkdtemp(prefix="njordhr-"))
        return self._storage

    def _reload(self, window: "Window") -> None:
        address = window.address()
        try:
            again = same_page(address, self._agent.launch_url())
        except RequestError:  # the page of a start that failed
            again = address
        if again is None:
            self.show_agent()
        else:
            window.load_again(again)

    def _tell_that_it_goes_on(self, window: "Window") -> None:
        if window.ask(GOES_ON):
            (self._storage / TOLD_FILE).touch()
            window.hide()

    def _is_downloading(self) -> bool:
        try:
            return self._agent.is_downloading()
        except RequestError:
            return False


def same_page(address: str, launch_url: str) -> str | None:
    """Return the address of the page that is shown, with the fresh launch code of another address.

    A page whose session is over gets a new one that way. Nothing for a page that is not the agent's.
    """
    shown, fresh = urlsplit(address), urlsplit(launch_url)
    if (shown.scheme, shown.netloc) != (fresh.scheme, fresh.netloc):
        return None
    return fresh._replace(path=shown.path, query=shown.query).geturl()


def run(agent: WindowedAgent, storage: Path, logs: Path) -> None:
    """Show the window of a program in the foreground: closing it ends it. The caller stops the agent.

    Args:
        agent: a started agent.
        storage: a folder of this program's own for what the page and the window remember.
        logs: where the agent's logs are.
    """
    App(agent, storage=storage, logs=logs, why=lambda: None, hides=False).run(agent.launch_url())
