"""The browser's tabs by its own door, which answers even while a page in one of them does not.

A page that opens alerts without end, or never comes back from a script, blocks every command that goes
through the driver to its tab. The browser itself still closes that tab and opens another.
"""

import http.client
import json
from collections.abc import Mapping
from typing import Any

from agent_core.errors import PortalSessionError
from protocol.reasons import Reason

_SECONDS = 10.0


class Tabs:
    """Opens and closes tabs of one browser. Any thread.

    Attributes:
        address: the browser's door, ``host:port`` on this computer.
        lent: the handles of tabs that the driver has nothing to do with.
    """

    def __init__(self, address: str) -> None:
        """Use this browser's door.

        Args:
            address: ``host:port`` on this computer.
        """
        self.address = address
        self.lent: set[str] = set()

    def lend(self) -> str:
        """Open a tab that somebody else than the driver works with, and return its handle.

        Raises:
            PortalSessionError: the browser is gone.
        """
        handle = self.open()
        self.lent.add(handle)
        return handle

    def look(self) -> None:
        """See whether the browser is there.

        Raises:
            PortalSessionError: it is gone.
        """
        self._ask("GET", "/json/version")

    def open(self) -> str:
        """Open an empty tab and return its handle.

        Raises:
            PortalSessionError: the browser is gone.
        """
        try:
            return str(json.loads(self._ask("PUT", "/json/new?about:blank"))["id"])
        except (ValueError, LookupError, TypeError) as error:
            raise PortalSessionError(Reason.BROWSER_GONE, type(error).__name__) from error

    def close(self, handle: str) -> None:
        """Close a tab whatever its page does; one that is closed already is no error.

        Raises:
            PortalSessionError: the browser is gone.
        """
        self._ask("GET", f"/json/close/{handle}")

    def _ask(self, method: str, path: str) -> bytes:
        connection = http.client.HTTPConnection(self.address, timeout=_SECONDS)
        try:
            connection.request(method, path)
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            raise PortalSessionError(Reason.BROWSER_GONE, type(error).__name__) from error
        finally:
            connection.close()


def door_of(capabilities: Mapping[str, Any]) -> str:
    """Return the address of a browser's own door, as the driver tells it: ``host:port``."""
    options = capabilities.get("goog:chromeOptions") or capabilities.get("ms:edgeOptions") or {}
    return str(options.get("debuggerAddress", ""))
