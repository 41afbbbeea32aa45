"""Updates of an installed program: its first start is proved, then the updater runs beside it.

Only a packaged program that lies in an installation and carries trust updates itself. Nothing heavy is loaded
here: the window comes first, the updater seconds after it.
"""

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from agent_core.errors import AgentError
from desktop.at_login import HIDDEN
from desktop.install.places import Places, root_of_program
from desktop.install.probation import Probation, ProbationUnreadableError

if TYPE_CHECKING:
    from agent_core.ports import EndedUpdate, RestartWhen, Updates
    from desktop.updater.proof import Result
    from desktop.updater.updater import Updater
    from update_manifest.build_info import BuildInfo

TRUST = "trust"
AFTER_WINDOW_SECONDS = 3.0
PAGE_SECONDS = 45.0
_LOOK_SECONDS = 0.25
_STOP_SECONDS = 5.0


class UpdatedAgent(Protocol):
    """What updates need of the agent."""

    def offer_updates(self, updates: "Updates | None") -> None:
        """Let the page ask this updater."""
        ...

    def release(self) -> None:
        """Begin to work, if the agent was held."""
        ...

    def is_downloading(self) -> bool:
        """Tell whether a download is running now."""
        ...

    def is_sound(self) -> bool:
        """Tell whether the records hold together."""
        ...

    def own_address(self) -> tuple[int, str]:
        """Return the port of the agent's server and a session token for it."""
        ...

    def tell_update(self, ended: "EndedUpdate", channel: str, platform: str) -> None:
        """Record how an update ended, for the office."""
        ...


class UpdatedWindow(Protocol):
    """What updates need of the window."""

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees it."""
        ...

    def answers(self, script: str, answer: str, seconds: float, goes_on: Callable[[], bool]) -> bool:
        """Tell whether the page answers a script so, within some time."""
        ...

    def end(self) -> None:
        """Close the window for good."""
        ...


@dataclass(frozen=True)
class Here:
    """The installation that the program is of.

    Attributes:
        trust: the folder of what the build trusts.
        data_dir: the agent's own folder.
    """

    places: Places
    trust: Path
    data_dir: Path


def installation_of(executable: Path, system: str, *, frozen: bool) -> tuple[Places, Path] | None:
    """Return an installation and its trust; nothing for a program that does not update itself.

    Args:
        executable: the program.
        system: as `sys.platform` has it.
        frozen: whether it is the packaged program.
    """
    root = root_of_program(executable, system) if frozen else None
    if root is None:
        return None
    resources = executable.parent.parent / "Resources" if system == "darwin" else executable.parent
    trust = resources / TRUST
    if not (trust / "root.json").is_file() or not (trust / "updates.json").is_file():
        return None
    return Places(root, system), trust


def probation_of(arguments: Sequence[str]) -> Probation | None:
    """Return what the launcher asks; nothing when it asks nothing, or is not there to be told any more."""
    try:
        return Probation.from_arguments(arguments)
    except ProbationUnreadableError:
        sys.stderr.write("The launcher's request cannot be read; this start proves nothing.\n")
        return None


class Updating:
    """One start of the program, and what it is for updates."""

    def __init__(
        self,
        here: Here,
        build: "Callable[[], BuildInfo]",
        probation: Probation | None,
        *,
        after_window_seconds: float = AFTER_WINDOW_SECONDS,
    ) -> None:
        """Keep what is there.

        Args:
            here: the installation.
            build: tells which build runs; called when the agent is loaded.
            probation: what the launcher asks of this start.
            after_window_seconds: how long the updater leaves the window alone.
        """
        self._here = here
        self._build = build
        self._probation = probation
        self._after = after_window_seconds
        self._stopping = threading.Event()
        self._is_good = probation is None
        self._is_told = False
        self._restart: list[str] | None = None
        self._updater: Updater | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_held(self) -> bool:
        """Whether the agent may change nothing yet."""
        return not self._is_good

    def begin(self, agent: UpdatedAgent, window: UpdatedWindow) -> None:
        """Prove this version if it must be proved, then run the updater; on a thread of its own."""
        from desktop.updater.starting import StartingUpdates  # noqa: PLC0415 - not before the window

        starting = StartingUpdates(self._build(), on_probation=self.is_held)
        agent.offer_updates(starting)

        def work() -> None:
            if self.is_held:
                self._prove(agent, window)
            else:
                self._stopping.wait(self._after)
            if self._is_good and not self._stopping.is_set():
                self._run_updater(agent, window, is_asked=starting.is_asked)

        self._thread = threading.Thread(target=work, name="updating", daemon=True)
        self._thread.start()

    def failed(self, why: str) -> None:
        """Tell the launcher at once that the agent of a version on probation did not start."""
        if self.is_held:
            self._report({"imports": True, "records": why, "health": why, "window": why})

    def stop(self) -> None:
        """End what runs here; a version on probation that proved nothing yet leaves on purpose."""
        self._stopping.set()
        if self._updater is not None:
            self._updater.stop(_STOP_SECONDS)
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)
        if self._probation is not None and not self._is_told:
            self._quietly(self._probation.leave)

    def start_again(self) -> int | None:
        """Start the program again if that was asked for, when all else has ended.

        Returns:
            The exit code to end with; nothing when nobody asked.

        Raises:
            OSError: the launcher cannot be started.
        """
        if self._restart is None:
            return None
        from desktop.install.restart import start_again  # noqa: PLC0415 - once in weeks

        return start_again(self._here.places, self._restart)

    def _prove(self, agent: UpdatedAgent, window: UpdatedWindow) -> None:
        from desktop.updater.proof import PAGE_IS_THERE, Proof, prove  # noqa: PLC0415 - once a version

        checks = prove(
            Proof(
                self._build().version,
                agent.is_sound,
                agent.own_address,
                lambda: window.answers(PAGE_IS_THERE, "there", PAGE_SECONDS, self._goes_on),
            )
        )
        if not self._stopping.is_set():
            self._report(checks)
            self._wait_for_launcher(agent, window)

    def _wait_for_launcher(self, agent: UpdatedAgent, window: UpdatedWindow) -> None:
        probation = self._probation
        while probation is not None and not self._stopping.wait(_LOOK_SECONDS):
            if probation.is_committed():
                self._is_good = True
                agent.release()
                return
            if probation.is_abandoned():  # nobody will ever take it: begin anew through the launcher
                self._start_again_hidden(window.is_hidden)
                window.end()
                return

    def _report(self, checks: "Mapping[str, Result]") -> None:
        probation = self._probation
        if probation is not None:
            self._is_told = self._quietly(lambda: probation.report(checks))

    def _run_updater(self, agent: UpdatedAgent, window: UpdatedWindow, *, is_asked: bool) -> None:
        from desktop.updater.joined import join_updater  # noqa: PLC0415 - late, as all of it
        from desktop.updater.updater import Program  # noqa: PLC0415 - as above
        from update_manifest.errors import UpdateError  # noqa: PLC0415 - as above

        build, here = self._build(), self._here

        def restart(when: "RestartWhen") -> None:
            self._start_again_hidden(when.value != "now" and window.is_hidden)
            window.end()

        program = Program(
            agent.is_downloading,
            restart,
            lambda ended: agent.tell_update(ended, build.channel, build.platform),
        )
        try:
            updater = join_updater(here.places, build, here.trust, here.data_dir, program)
        except (AgentError, UpdateError, OSError) as error:
            import structlog  # noqa: PLC0415 - seldom needed

            structlog.get_logger().error("updater_not_started", error=type(error).__name__)
            return
        self._updater = updater
        if is_asked:
            updater.check()
        agent.offer_updates(updater)
        if not self._stopping.is_set():
            updater.start()

    def _start_again_hidden(self, is_hidden: bool) -> None:
        self._restart = [HIDDEN] if is_hidden else []

    def _goes_on(self) -> bool:
        return not self._stopping.is_set()

    @staticmethod
    def _quietly(tell: Callable[[], None]) -> bool:
        """Tell the launcher; a disk that would not have it makes the start one without a report."""
        try:
            tell()
        except OSError:
            return False
        return True
