"""The bodies of the status card and of the diagnostics."""

from datetime import datetime

from agent_core.local_api.schemas import Answer
from protocol.reasons import Reason


class BrowserView(Answer):
    """The browser that works for NjordHR.

    Attributes:
        driver_version: nothing while the driver that fits has yet to be brought.
        reason: why it cannot work.
        download_url: where a browser that works is to be had.
    """

    name: str
    version: str
    driver_version: str | None = None
    reason: Reason | None = None
    download_url: str


class AutoStartView(Answer):
    """Starting at login.

    Attributes:
        wanted: what the settings say.
        is_set: what the system would really do.
        reason: why the two differ, or why it cannot be had here.
    """

    wanted: bool
    is_set: bool
    reason: Reason | None = None


class StatusView(Answer):
    """This computer, for the status card and for support.

    Attributes:
        keyring: what the place is called where passwords are kept.
        last_cloud_contact_at: when the office's cloud answered last since the start.
        log_bytes: how much room the log takes.
    """

    agent_version: str
    system: str
    data_folder: str
    log_level: str
    log_bytes: int
    browser: BrowserView
    keyring: str
    secrets_are_kept: bool
    last_cloud_contact_at: datetime | None = None
    auto_start: AutoStartView


class DiagnosticsSaved(Answer):
    """Where the diagnostics were saved; no path when the person closed the dialog."""

    path: str | None
