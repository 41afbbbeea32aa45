"""The connections to the cloud, made with the first request.

To make them loads the code for them and reads all certificates that are trusted: a sixth of the agent's
start, for which the page must not wait.
"""

import threading
from collections.abc import Callable

import httpx


class LateTransport(httpx.BaseTransport):
    """Sends through a client that it makes when it is first asked; any thread."""

    def __init__(self, make: Callable[[], httpx.Client]) -> None:
        """Make it with this.

        Args:
            make: makes the client, with its proxies and certificates; it must follow no redirection.
        """
        self._make = make
        self._one = threading.Lock()
        self._client: httpx.Client | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; time limits and whatever else travels with the request stay its own."""
        return self._made().send(request, stream=True)

    def close(self) -> None:
        """Close the connections, if there are any."""
        with self._one:
            if self._client is not None:
                self._client.close()

    def _made(self) -> httpx.Client:
        with self._one:
            if self._client is None:
                self._client = self._make()
            return self._client
