"""The installed program: the agent, and the window on it."""

from pathlib import Path
from typing import Protocol

from agent_core.ports import Dialogs
from desktop.window import show

RUNNING_JOB = "A download is running. Close NjordHR and stop it? People that are stored already are kept."


class WindowedAgent(Protocol):
    """What the window needs of the agent."""

    def launch_url(self) -> str:
        """Return the page's address with a fresh one-time code."""
        ...

    def is_downloading(self) -> bool:
        """Tell whether a download is running now."""
        ...

    def offer_dialogs(self, dialogs: Dialogs | None) -> None:
        """Let the page use the window's dialogs from now on, or no more."""
        ...


def run(agent: WindowedAgent, storage: Path, remote_debugging: bool = False) -> None:
    """Show the window until it is closed. Runs on the main thread; the caller stops the agent.

    Args:
        agent: a started agent.
        storage: a folder of this program's own for what the page remembers.
        remote_debugging: let a test drive the window from outside; Linux only.
    """
    storage.mkdir(parents=True, exist_ok=True)
    show(
        agent.launch_url(),
        storage,
        agent.is_downloading,
        RUNNING_JOB,
        offer_dialogs=agent.offer_dialogs,
        remote_debugging=remote_debugging,
    )
