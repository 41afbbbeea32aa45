"""The whole demo, running: the parts around the agent, and the agent in this process."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from agent_core.bootstrap import Agent, AgentOptions, build_agent
from agent_core.settings import AgentSettings, SettingsFile
from agent_core.store.process_lock import ProcessLock
from demo import accounts
from demo.child import ROOT
from demo.folder import DemoFolder
from demo.portal.state import DEMO_ACCOUNT
from demo.stack import DemoStack, PortalOptions

WEB_UI = ROOT / "web_ui" / "dist"
DEMO_PACE: Mapping[str, Any] = {"requests_per_second": 20}
POLITE_PACE: Mapping[str, Any] = {"requests_per_second": 4}
"""Somebody else's portal is treated as the agent's own defaults do."""


@dataclass(frozen=True)
class OtherPortal:
    """A portal that is not the demo's."""

    login_url: str
    dashboard_url: str


class RunningDemo:
    """Starts everything on entering and stops it on leaving; at most one for a folder.

    Attributes:
        agent: the running agent.
        stack: what runs around it.
    """

    agent: Agent
    stack: DemoStack

    def __init__(
        self,
        folder: DemoFolder,
        portal: PortalOptions,
        say: Callable[[str], None],
        other_portal: OtherPortal | None = None,
        reset: bool = False,
    ) -> None:
        """Remember what to start; ``reset`` wipes the folder first."""
        self.folder = folder
        self._portal = portal
        self._say = say
        self._other = other_portal
        self._reset = reset
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        """Start everything.

        Raises:
            NotADemoFolderError: the folder holds something else.
            AgentError: the demo runs already with this folder, or the agent cannot start.
            PostgresError: the database did not start.
            ChildError: another part did not start.
        """
        with ExitStack() as ends:
            self.folder.claim()
            ends.callback(ProcessLock(self.folder.root).release)
            self.stack = DemoStack(self.folder, self._portal, self._say)
            if self._reset:
                self._say("Wiping the demo's data")
                self.stack.remove_database()
                self.folder.wipe()
            ends.enter_context(self.stack)
            self._write_settings()
            self._say("Starting the agent")
            self.agent = build_agent(self._options())
            self.agent.start()
            ends.callback(self.agent.stop)
            self._ends = ends.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self.stop()

    def stop(self) -> None:
        """Stop everything: the agent, the portal, the cloud, the database; doing it twice does no harm."""
        self._ends.close()

    def download_folder(self) -> Path:
        """Return where resumes go now."""
        return Path(SettingsFile(self.folder.agent_json).current.download_folder)

    def _options(self) -> AgentOptions:
        return AgentOptions(
            data_dir=self.folder.agent,
            config_file=self.folder.agent_json,
            web_ui_dir=WEB_UI if WEB_UI.is_dir() else None,
            demo=self._hints(),
        )

    def _hints(self) -> Mapping[str, object]:
        colleagues = [dict(member.hint()) for member in accounts.MEMBERS]
        if self._other is not None:
            return {"accounts": colleagues}
        portal = {
            "username": DEMO_ACCOUNT.username,
            "password": DEMO_ACCOUNT.password,
            "phone": DEMO_ACCOUNT.phone,
        }
        return {"accounts": colleagues, "portal": portal, "phone_url": self.stack.phone_url}

    def _write_settings(self) -> None:
        """Tell the agent where everything is this time; ports differ from start to start."""
        settings = SettingsFile(self.folder.agent_json)
        portal: dict[str, Any] = {
            "login_url": self._other.login_url if self._other else self.stack.login_url,
            "dashboard_url": self._other.dashboard_url if self._other else self.stack.dashboard_url,
            **pace(settings.current, is_the_demos_own=self._other is None),
        }
        changes: dict[str, Any] = {"api_base_url": self.stack.cloud_url, "portal": portal}
        if not settings.current.download_folder:
            self.folder.resumes.mkdir(exist_ok=True)
            changes["download_folder"] = str(self.folder.resumes)
        settings.change(changes)


def pace(settings: AgentSettings, is_the_demos_own: bool) -> Mapping[str, Any]:
    """Return how fast to ask a portal: on the demo's own, what somebody set in Settings stays."""
    if not is_the_demos_own:
        return POLITE_PACE
    return {} if "requests_per_second" in settings.portal.model_fields_set else DEMO_PACE
