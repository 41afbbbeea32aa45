"""The agent while it is still being loaded: its code takes longer to load than the window to open."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from agent_core.errors import RequestError
from protocol.reasons import Reason

if TYPE_CHECKING:
    from agent_core.bootstrap import Agent
    from agent_core.ports import EndedUpdate, NativeWindow, Updates


class LateAgent:
    """Makes the agent when it is started first. Implements `app.WindowedAgent`; any thread."""

    def __init__(self, make: "Callable[[], Agent]") -> None:
        """Make it with this, which may take a second."""
        self._make = make
        self._agent: Agent | None = None
        self._window: NativeWindow | None = None

    def start(self) -> None:
        """Start the agent; when this fails, nothing is left open.

        Raises:
            AgentError: as the agent's own.
        """
        if self._agent is None:
            self._agent = self._make()
        self._agent.offer_window(self._window)
        self._agent.start()

    def stop(self) -> None:
        """End everything, if anything was started."""
        if self._agent is not None:
            self._agent.stop()

    def launch_url(self) -> str:
        """Return the page's address with a fresh one-time code."""
        return self._there().launch_url()

    def has_page(self) -> bool:
        """Tell whether a page may have a session that is still good."""
        return self._there().has_page()

    def is_downloading(self) -> bool:
        """Tell whether a download is running now."""
        return self._there().is_downloading()

    def release(self) -> None:
        """Begin to work, if the agent was held."""
        self._there().release()

    def is_sound(self) -> bool:
        """Tell whether the agent's records hold together."""
        return self._there().is_sound()

    def own_address(self) -> tuple[int, str]:
        """Return the port of the agent's server and a session token for it."""
        agent = self._there()
        return agent.port, agent.session_token()

    def offer_updates(self, updates: "Updates | None") -> None:
        """Let the page ask this updater from now on, or none any more."""
        self._there().offer_updates(updates)

    def tell_update(self, ended: "EndedUpdate", channel: str, platform: str) -> None:
        """Record how an update ended, once, for the office."""
        self._there().tell_update(ended, channel, platform)

    def offer_window(self, window: "NativeWindow | None") -> None:
        """Let the agent use the window from now on, or no more."""
        self._window = window
        if self._agent is not None:
            self._agent.offer_window(window)

    def _there(self) -> "Agent":
        if self._agent is None:
            raise RequestError(Reason.AGENT_STOPPING)
        return self._agent
