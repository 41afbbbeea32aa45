"""The installed program: one agent a person, its window, and what happens when it cannot start."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent_core.errors import AgentError, FilesError
from agent_core.files import file_manager
from agent_core.runtime.second_start import ask_to_show
from desktop.app import App
from desktop.late_agent import LateAgent
from protocol.reasons import Reason

if TYPE_CHECKING:
    from agent_core.bootstrap import Agent
    from desktop.updating import Updating

WINDOW_FOLDER = "window"
_OTHER_MAY_END_SECONDS = 10.0
_ASK_AGAIN_SECONDS = 0.25


class InstalledProgram:
    """Starts, shows, and ends. The window opens first, and the agent is loaded and started meanwhile."""

    def __init__(
        self,
        make_agent: "Callable[[], Agent]",
        data_dir: Path,
        *,
        hidden: bool = False,
        remote_debugging: bool = False,
        updating: "Updating | None" = None,
    ) -> None:
        """Remember what to start.

        Args:
            make_agent: makes the agent, not started yet; called on a thread of its own.
            data_dir: the agent's own folder.
            hidden: begin without showing the window, as at login.
            remote_debugging: let a test drive the window from outside; Linux only.
            updating: how it updates itself, where it does.
        """
        self._updating = updating
        self._data_dir = data_dir
        self._hidden = hidden
        self._remote_debugging = remote_debugging
        self._agent = LateAgent(make_agent)
        self._is_ending = False
        self._ends = ExitStack()
        self._why: Reason | None = None
        self._fault = ""
        self._one = threading.Lock()
        self._app = App(
            self._agent,
            storage=data_dir / WINDOW_FOLDER,
            logs=self._logs,
            why=lambda: self._why,
            hides=True,
        )

    def run(self) -> int:
        """Run until the person quits, or only show the window of the program that runs already.

        Returns:
            The exit code.
        """
        try:
            if ask_to_show(self._data_dir):
                return 0
            self._app.run(
                None, ready=self._begin, hidden=self._hidden, remote_debugging=self._remote_debugging
            )
        finally:
            self._is_ending = True
            if self._updating is not None:
                self._updating.stop()
            with self._one:  # a start that is under way is waited for
                self._ends.close()
                self._agent.stop()
        again = self._updating.start_again() if self._updating is not None else None
        return again or 0

    def _begin(self) -> None:
        """Start the agent and show its page, or why there is none; on a thread of its own."""
        with self._one:
            if self._is_shown_elsewhere():
                self._app.end()
            elif self._why is None:
                self._app.show_agent()
                if self._updating is not None:
                    self._updating.begin(self._agent, self._app)
            else:
                if self._updating is not None:
                    self._updating.failed(self._why.value)
                self._app.show_failure(self._serve_failure())

    def _serve_failure(self) -> str:
        """Serve the page of a start that failed, until the end; return its address."""
        from desktop.start_failed import Buttons, StartFailedPage  # noqa: PLC0415 - seldom needed

        buttons = Buttons(
            self._reason, self._retry, self._begin_anew, self._open_logs, self._copy_diagnostics
        )
        page = StartFailedPage(buttons)
        page.start()
        self._ends.callback(page.stop)
        return page.url

    @property
    def _logs(self) -> Path:
        return self._data_dir / "logs"

    def _is_shown_elsewhere(self) -> bool:
        """Start the agent; while another one has its records, have that one show its window."""
        deadline = time.monotonic() + _OTHER_MAY_END_SECONDS
        while not self._is_ending:
            self._start()
            if self._why is not Reason.AGENT_ALREADY_RUNNING:
                return False
            if ask_to_show(self._data_dir):
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(_ASK_AGAIN_SECONDS)  # it may be ending just now, or be starting its window
        return True

    def _start(self) -> None:
        try:
            self._agent.start()
        except AgentError as error:
            self._why = error.reason
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a window and not a traceback
            from agent_core.logs import fault_of  # noqa: PLC0415 - seldom needed

            fault = fault_of(error)
            self._why, self._fault = Reason.AGENT_START_FAILED, f"{fault['error']} at {fault['at']}"
        else:
            self._why, self._fault = None, ""

    def _reason(self) -> Reason:
        return self._why or Reason.AGENT_START_FAILED

    def _retry(self) -> str:
        with self._one:
            if self._why is not None:
                self._start()
            if self._why is not None:
                return "It could not start this time either."
            # The agent answers no page that another origin leads to, so the window goes there itself.
            threading.Thread(target=self._app.show_agent, name="started", daemon=True).start()
            return "NjordHR has started."

    def _begin_anew(self) -> str:
        from agent_core.store.begin_anew import begin_anew  # noqa: PLC0415 - seldom needed

        with self._one:
            if self._why is not Reason.AGENT_STORE_DAMAGED:
                return ""
            try:
                begun = begin_anew(self._data_dir, datetime.now(UTC))
            except AgentError as error:
                return f"{error.reason.sentence} {error.reason.next_step}"
        kept = f"The old records are kept in {begun.kept_in}; {begun.waiting} that wait to be sent go on."
        return f"{kept} {self._retry()}"

    def _open_logs(self) -> str:
        try:
            self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
            file_manager.show(self._logs)
        except (FilesError, OSError):
            return f"They are in {self._logs}"
        return "The folder of the logs is open."

    def _copy_diagnostics(self) -> str:
        self._app.copy_diagnostics(self._fault)
        return "The diagnostics were copied. Paste them into a message to support."
