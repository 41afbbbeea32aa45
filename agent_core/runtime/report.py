"""What this computer says of itself to the office: version, what waits, how the portal's login stands."""

from collections.abc import Callable
from datetime import datetime

from agent_core import VERSION
from agent_core.ports import Clock, SessionSnapshot, SessionState
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.portal_owner import PortalOwner
from agent_core.settings import SettingsFile
from agent_core.store.database import AgentStore
from protocol.commands import PortalReport
from protocol.devices import Heartbeat

_SHOWN_DIGITS = 2
_LONGEST_OTP = 3600


class SelfReport:
    """Describes this computer; any thread."""

    def __init__(  # noqa: PLR0917 - looks at many parts
        self,
        settings: SettingsFile,
        store: AgentStore,
        portal: PortalOwner,
        logins: PortalLogins,
        sealing_key: Callable[[], str],
        clock: Clock,
        *,
        platform: str,
    ) -> None:
        """Look at these.

        Args:
            settings: have the folder and the portal account.
            store: has what waits to be sent.
            portal: has the session and looks at the folder.
            logins: have the account's password.
            sealing_key: what one-time codes are sealed with.
            clock: the one that the session's times are of.
            platform: the operating system.
        """
        self._settings = settings
        self._store = store
        self._portal = portal
        self._logins = logins
        self._sealing_key = sealing_key
        self._platform = platform
        self._clock = clock

    def heartbeat(self) -> Heartbeat:
        """Return what to say now."""
        numbers = self._store.outbox.numbers()
        return Heartbeat(
            agent_version=VERSION,
            platform=self._platform,
            download_folder=self._settings.current.download_folder,
            waiting=numbers.waiting,
            parked=numbers.parked,
            portal=self._portal_report(),
        )

    def _portal_report(self) -> PortalReport:
        account, session = self._settings.current.portal, self._portal.session()
        return PortalReport(
            state=session.state,
            otp_seconds_left=seconds_left(session, self._clock()),
            reason=session.reason,
            login_is_kept=bool(account.phone) and self._logins.has_password(account.username),
            phone_ends=phone_ends(account.phone),
            folder_reason=self._portal.folder().reason,
            sealing_key=self._sealing_key(),
        )


def seconds_left(session: SessionSnapshot, now: datetime) -> int | None:
    """Return how long the code that was sent is good for; nothing when none is awaited."""
    if session.state is not SessionState.AWAITING_OTP or session.otp_expires_at is None:
        return None
    return min(_LONGEST_OTP, max(0, int((session.otp_expires_at - now).total_seconds())))


def phone_ends(phone: str) -> str:
    """Return enough of a phone number for its owner to know it by: the last two digits of a long one."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return digits[-_SHOWN_DIGITS:] if len(digits) > 2 * _SHOWN_DIGITS else ""
