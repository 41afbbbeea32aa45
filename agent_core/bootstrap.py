"""The agent's composition root: joins the parts, starts their threads, and ends them within seconds.

Example:
    agent = build_agent(default_options(web_ui_dir=None))
    agent.start()
    print(agent.launch_url())
    agent.stop()
"""

import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import structlog

from agent_core import VERSION
from agent_core.autostart.systems import refresh
from agent_core.clock import Clocks, computer_clocks
from agent_core.cloud.http import make_client
from agent_core.errors import ComputerError, RequestError
from agent_core.joining import BROWSER_FOLDER, Running, browser_options, join
from agent_core.keychain import open_secrets
from agent_core.local_api.app import THREADS, create_app
from agent_core.local_api.server import LocalServer, open_socket
from agent_core.local_api.services import Services
from agent_core.logs import close_log, open_log
from agent_core.options import AgentOptions, default_options, service_name
from agent_core.portal.processes import end_browser, read_record
from agent_core.portal.reaper import reap
from agent_core.ports import EndedUpdate, NativeWindow, PortalSession, Updates
from agent_core.runtime.late_session import LateSession
from agent_core.runtime.offered_updates import OfferedUpdates
from agent_core.runtime.offered_window import OfferedWindow
from agent_core.runtime.second_start import announce, withdraw
from agent_core.settings import SettingsFile
from agent_core.store.begin_anew import FILE_NAME
from agent_core.store.database import AgentStore
from agent_core.store.process_lock import ProcessLock
from agent_core.store.soundness import holds_together
from protocol.reasons import Reason

__all__ = ["Agent", "AgentOptions", "Running", "build_agent", "default_options", "join"]

_PATIENCE_SECONDS = 2.5
_LAST_SECONDS = 1.0


def build_agent(options: AgentOptions) -> "Agent":
    """Make an agent; nothing is opened or started before its ``start``."""
    return Agent(options)


class Agent:
    """The running agent."""

    def __init__(self, options: AgentOptions) -> None:
        """Keep the options."""
        self._options = options
        self._stopping = threading.Event()
        self._ends = ExitStack()
        self._services: Services | None = None
        self._window = OfferedWindow()
        self._updates = OfferedUpdates()
        self._held = options.held
        self._running: Running | None = None
        self._one = threading.Lock()

    @property
    def services(self) -> Services:
        """The joined parts.

        Raises:
            RequestError: the agent is not running.
        """
        if self._services is None:
            raise RequestError(Reason.AGENT_STOPPING)
        return self._services

    @property
    def port(self) -> int:
        """Where the local API listens on 127.0.0.1."""
        return self.services.port

    def launch_url(self) -> str:
        """Return the page's address with a fresh one-time code in its fragment, good for ten minutes."""
        code, _ = self.services.codes.issue()
        return f"http://127.0.0.1:{self.port}/app/#code={code}"

    def has_page(self) -> bool:
        """Tell whether a page may have a session that is still good."""
        return self.services.tokens.any_is_good()

    def is_downloading(self) -> bool:
        """Tell whether a download is running now."""
        return self.services.portal.running_job_id is not None

    def offer_window(self, window: NativeWindow | None) -> None:
        """Use this window from now on, or none any more; before ``start`` too."""
        self._window.offer(window)

    def offer_updates(self, updates: Updates | None) -> None:
        """Let the page ask this updater from now on, or none any more; before ``start`` too."""
        self._updates.offer(updates)

    def session_token(self) -> str:
        """Return a page's session token for the program itself, to ask its own ``/health``."""
        token, _ = self.services.tokens.issue()
        return token

    def is_sound(self) -> bool:
        """Tell whether the records hold together, by SQLite's own quick check."""
        with self.services.store.records.read() as connection:
            return holds_together(connection)

    def tell_update(self, ended: EndedUpdate, channel: str, platform: str) -> None:
        """Record how an update ended, once, for the office of this computer if it has one."""
        self.services.store.updates.tell(ended, channel, platform)

    def release(self) -> None:
        """Begin to work, if this agent was held."""
        with self._one:
            if self._held and self._running is not None:
                self._held = False
                _begin_work(self._running)

    def start(self) -> None:
        """Open the records and start everything; when this fails, nothing is left open.

        Raises:
            AgentError: another agent has these records, they are damaged, or the settings cannot be read.
        """
        with ExitStack() as ends:
            self._start(ends)
            self._ends = ends.pop_all()

    def stop(self) -> None:
        """End everything, the browser too; takes seconds even when the portal does not answer."""
        self._stopping.set()
        with self._one:
            self._running = None
        self._ends.close()
        self._services = None

    def _start(self, ends: ExitStack) -> None:
        options = self._options
        settings = SettingsFile(options.config_file)
        lock = ProcessLock(options.data_dir)
        ends.callback(lock.release)
        ends.callback(close_log, open_log(options.data_dir / "logs", settings.current.log_level))
        profiles = options.data_dir / BROWSER_FOLDER
        profiles.mkdir(mode=0o700, exist_ok=True)
        reap(profiles)
        now = computer_clocks()
        store = AgentStore(options.data_dir / FILE_NAME, now.wall)
        ends.callback(store.close)
        secrets = options.secrets or open_secrets(service_name(options.config_file))
        client = make_client()
        ends.callback(client.close)
        listening = open_socket(options.preferred_port)
        ends.callback(listening.close)
        port: int = listening.getsockname()[1]
        session = LateSession(lambda: _portal_session(options, settings, now))
        running = join(
            options,
            settings,
            store,
            secrets,
            client,
            session=session,
            port=port,
            window=self._window,
            clocks=now,
            stopping=self._stopping,
            updates=self._updates,
            is_held=lambda: self._held,
        )
        server = LocalServer(create_app(running.services), listening, THREADS)
        ends.callback(_end, running, server, profiles)
        running.services.browser.begin()
        if not self._held:
            _begin_work(running)
        server.start()
        announce(options.data_dir, port)
        ends.callback(withdraw, options.data_dir)
        self._services = running.services
        self._running = running
        structlog.get_logger().info("agent_started", version=VERSION, port=port)


def _portal_session(options: AgentOptions, settings: SettingsFile, clocks: Clocks) -> PortalSession:
    from agent_core.portal.session import SeleniumPortalSession  # noqa: PLC0415 - not before somebody signs in

    return SeleniumPortalSession(lambda: settings.current.portal, browser_options(options), clocks.steady)


def _begin_work(running: Running) -> None:
    """Begin all that changes something: files, records, the system, the office."""
    _refresh_auto_start(running.services)
    running.services.exports.remove_leftovers()
    running.services.portal.start()
    running.relay_worker.start()
    running.heartbeat.start()
    running.commands.start()
    running.attention.start()


def _refresh_auto_start(services: Services) -> None:
    try:
        refresh(services.auto_start, services.settings.current.auto_start)
    except ComputerError as error:  # the page says so where it is switched
        structlog.get_logger().warning("auto_start_refused", reason=error.reason.value)


def _end(running: Running, server: LocalServer, profiles: Path) -> None:
    """End the threads, and a browser that does not answer."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    portal = running.services.portal
    running.relay_worker.ask_to_stop()
    running.services.store.records.wake()
    running.heartbeat.stop(0)
    running.commands.stop(0)
    running.attention.stop(0)
    running.services.exports.stop(0)
    portal.stop(0)
    server.stop(_LAST_SECONDS)
    if not portal.stop(_left(deadline)):
        _end_own_browsers(profiles)
        portal.stop(_LAST_SECONDS)
    running.services.exports.stop(_left(deadline))
    running.heartbeat.stop(_left(deadline))
    running.commands.stop(_left(deadline))
    running.attention.stop(_left(deadline))
    running.relay_worker.join(_left(deadline))
    _end_own_browsers(profiles)
    structlog.get_logger().info("agent_stopped")


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _end_own_browsers(profiles: Path) -> None:
    for record_file in profiles.glob("browser-*.json"):
        record = read_record(record_file)
        if record is not None and record.owner_pid == os.getpid():
            end_browser(record, record_file)
