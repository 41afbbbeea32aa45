"""How this computer is in itself: its browser, its keyring, its log, whether it starts NjordHR at login."""

import platform
import sys

from apiflask import APIBlueprint

from agent_core import VERSION
from agent_core.errors import ComputerError
from agent_core.local_api.services import Services
from agent_core.local_api.status_schemas import AutoStartView, BrowserView, StatusView
from agent_core.logs import log_bytes
from agent_core.ports import AutoStart, BrowserReport
from protocol.reasons import Reason

CHROME_URL = "https://www.google.com/chrome/"
EDGE_URL = "https://www.microsoft.com/edge/download"


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("status", __name__)

    @routes.get("/status")
    @routes.output(StatusView)
    def get_status() -> StatusView:
        """Tell how this computer is; the browser as it was found last."""
        settings = services.settings.current
        return StatusView(
            agent_version=VERSION,
            system=f"{platform.system()} {platform.release()} {platform.machine()}",
            data_folder=str(services.data_dir),
            log_level=settings.log_level,
            log_bytes=log_bytes(services.data_dir / "logs"),
            browser=browser_view(services.browser.report()),
            keyring=services.secrets.place,
            secrets_are_kept=services.secrets.are_kept,
            last_cloud_contact_at=services.cloud.last_contact_at,
            auto_start=auto_start_view(services.auto_start, wanted=settings.auto_start),
        )

    @routes.post("/status/browser")
    @routes.output(BrowserView)
    def look_at_browser() -> BrowserView:
        """Look at the browser again, after somebody installed or updated one."""
        return browser_view(services.browser.look_again())

    return routes


def browser_view(report: BrowserReport, system: str = sys.platform) -> BrowserView:
    """Return the browser as a page sees it, with where to get one: Edge belongs to Windows."""
    is_edge = report.name == "Edge" or (not report.name and system == "win32")
    return BrowserView(
        name=report.name,
        version=report.version,
        driver_version=report.driver_version,
        reason=report.reason,
        download_url=EDGE_URL if is_edge else CHROME_URL,
    )


def auto_start_view(auto_start: AutoStart, *, wanted: bool) -> AutoStartView:
    """Return what is wanted beside what the system would do."""
    try:
        is_set = auto_start.is_set()
    except ComputerError as error:
        return AutoStartView(wanted=wanted, is_set=False, reason=error.reason)
    reason = None
    if not auto_start.can:
        reason = Reason.AUTO_START_NOT_POSSIBLE
    elif wanted and not is_set:
        reason = Reason.AUTO_START_GONE
    return AutoStartView(wanted=wanted, is_set=is_set, reason=reason)
