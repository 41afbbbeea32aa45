"""Running the portal: in this process on a thread of its own, or until the program ends."""

import socket
import threading
from types import TracebackType
from typing import Any, Self

from waitress import create_server, wasyncore

from demo.portal.site import DASHBOARD_PATH, LOGIN_PATH, create_site
from demo.portal.state import Portal, SiteOptions

THREADS = 12
"""More than the pages that a polite visitor opens at once, so that a slow one blocks no other."""


class RunningPortal:
    """A portal that serves on the loopback interface from a thread of its own.

    Example:
        >>> with RunningPortal(SiteOptions(seed=7)) as running:
        ...     running.login_url.endswith("/seajob_login.php")
        True
    """

    def __init__(self, options: SiteOptions, port: int = 0) -> None:
        """Bind the port (0: a free one) and start serving.

        Raises:
            OSError: the port is taken.
        """
        self.portal = Portal(options)
        self._map: dict[int, Any] = {}
        listener = socket.create_server(("127.0.0.1", port))
        self.port = int(listener.getsockname()[1])
        self._server = create_server(
            create_site(self.portal), map=self._map, sockets=[listener], threads=THREADS
        )
        self._thread = threading.Thread(target=self._serve, name="demo-portal", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The site's root, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def login_url(self) -> str:
        """The login page."""
        return self.url + LOGIN_PATH

    @property
    def dashboard_url(self) -> str:
        """The company's dashboard."""
        return self.url + DASHBOARD_PATH

    def stop(self) -> None:
        """Stop serving and close the port."""
        if self._thread.is_alive():
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._map))
            self._thread.join()

    def __enter__(self) -> Self:
        """Return the running portal."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _serve(self) -> None:
        self._server.run()
        self._server.task_dispatcher.shutdown()
