"""The parts around the agent: the office's database and cloud, and the simulated portal."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from cloud_api.db.migrate import migrate
from demo import accounts
from demo.child import Child
from demo.folder import DemoFolder
from demo.last_port import keep_port, last_port
from demo.portal.site import DASHBOARD_PATH, LOGIN_PATH
from demo.postgres import LocalPostgres

DATABASE = "postgres"
API_ROLE = "njordhr_api"


@dataclass(frozen=True)
class PortalOptions:
    """How the simulated portal behaves; see `python -m demo.portal --help`."""

    latency_ms: int = 40
    faults: str = "[]"


class DemoStack:
    """Starts the parts in order and stops them in the opposite one.

    Attributes:
        cloud_url: the office's cloud.
        portal_url: the simulated portal.
    """

    def __init__(self, folder: DemoFolder, portal: PortalOptions, say: Callable[[str], None]) -> None:
        """Remember what to start; ``say`` is told what is being done."""
        self._folder = folder
        self._portal = portal
        self._say = say
        self._started = ExitStack()
        self.cloud_url = ""
        self.portal_url = ""

    @property
    def login_url(self) -> str:
        """The portal's login page."""
        return self.portal_url + LOGIN_PATH

    @property
    def dashboard_url(self) -> str:
        """The portal's dashboard."""
        return self.portal_url + DASHBOARD_PATH

    @property
    def phone_url(self) -> str:
        """The page that shows the one-time code."""
        return f"{self.portal_url}/phone"

    def remove_database(self) -> None:
        """Delete the database's files, wherever the server had to put them. Nothing must be running."""
        LocalPostgres(self._folder.postgres).remove()

    def __enter__(self) -> Self:
        """Start everything.

        Raises:
            PostgresError: the database did not start.
            ChildError: another part did not.
        """
        with ExitStack() as started:
            self._say("Starting the office's database")
            server = started.enter_context(LocalPostgres(self._folder.postgres))
            api_password = secrets.token_urlsafe(24)
            admin_url = server.admin_url(DATABASE)
            migrate(admin_url, api_password)
            accounts.create_all(admin_url)
            self._say("Starting the office's cloud")
            cloud = self._start_cloud(server.url(DATABASE, API_ROLE, api_password))
            started.callback(cloud.stop)
            self._say("Starting the simulated job portal")
            portal = self._start_portal()
            started.callback(portal.stop)
            self.cloud_url, self.portal_url = cloud.url, portal.url
            self._started = started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self._started.close()

    def _start_cloud(self, database_url: str) -> Child:
        self._folder.objects.mkdir(exist_ok=True)
        secret_settings = {
            "NJORDHR_CLOUD_DATABASE_URL": database_url,
            "NJORDHR_CLOUD_AUTH_PROVIDER": "local",
            "NJORDHR_CLOUD_OBJECT_STORE": "folder",
            "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(self._folder.objects),
            "NJORDHR_CLOUD_OBJECT_LINK_KEY": secrets.token_urlsafe(48),
        }
        return Child("cloud_api", (), self._folder.logs / "cloud.log", secret_settings)

    def _start_portal(self) -> Child:
        # At one address for good, as a real portal is: a download that was interrupted goes on there.
        port = str(last_port(self._folder.portal_port))
        options = ("--latency-ms", str(self._portal.latency_ms), "--faults", self._portal.faults)
        portal = Child("demo.portal", ("--port", port, *options), self._folder.logs / "portal.log", {})
        keep_port(self._folder.portal_port, portal.url)
        return portal
