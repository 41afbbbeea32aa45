"""Does what somebody of the office asks this computer for, each command once.

A command about a download is done in the records, in one transaction with its id. A command about the portal
is noted before it is done: after a crash in the middle it is not done again, for the browser is gone, and
whoever asked sees that the login is not there.
"""

from collections.abc import Callable
from uuid import UUID

import structlog

from agent_core.errors import AgentError, RequestError
from agent_core.ports import PortalCredentials, SessionSnapshot, SessionState
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.portal_owner import PortalOwner
from agent_core.settings import SettingsFile
from agent_core.store.commands import Asked, CommandRecords
from protocol.commands import Command, CommandKind
from protocol.jobs import JobSnapshot
from protocol.reasons import Reason

OpenCode = Callable[[str, UUID, UUID], str]
"""Opens a sealed code: sealed, device, command."""

_NOT_NOW = frozenset({Reason.AGENT_STOPPING, Reason.AGENT_STORE_WRITE, Reason.AGENT_STORE_DAMAGED})
"""The command is not answered: it is handed out again when this computer can do and remember it."""

_ABOUT_A_JOB = frozenset(
    {CommandKind.START_DOWNLOAD, CommandKind.CANCEL_JOB, CommandKind.PAUSE_JOB, CommandKind.RESUME_JOB}
)


class OfficeCommands:
    """Does one command after the other; one thread."""

    def __init__(
        self,
        records: CommandRecords,
        portal: PortalOwner,
        settings: SettingsFile,
        logins: PortalLogins,
        browser: BrowserCheck,
        *,
        open_code: OpenCode,
    ) -> None:
        """Keep the parts.

        Args:
            records: know what was done already.
            portal: does it.
            settings: have the portal account.
            logins: have its password.
            browser: tells whether the browser is fit for a login.
            open_code: opens a sealed code.
        """
        self._records = records
        self._portal = portal
        self._settings = settings
        self._logins = logins
        self._browser = browser
        self._open_code = open_code

    def obey(self, command: Command) -> Reason | None:
        """Do a command unless it was done before; return why it was refused, if so.

        Raises:
            AgentError: it cannot be done or remembered now, and is to be handed out again.
        """
        known = self._records.answer_to(command.command_id)
        if known is not None:
            return known.reason
        asked = Asked(command.command_id, command.kind)
        try:
            reason = self._do(command, asked)
        except AgentError as error:
            if error.reason in _NOT_NOW:
                raise
            reason = error.reason
        structlog.get_logger().info(
            "command_answered",
            command_id=str(command.command_id),
            kind=command.kind.value,
            reason=None if reason is None else reason.value,
        )
        if reason is not None:
            self._records.put(asked, reason)
        return reason

    def _do(self, command: Command, asked: Asked) -> Reason | None:
        if command.kind in _ABOUT_A_JOB:
            return self._about_job(command, asked)
        about_portal = {
            CommandKind.CONNECT_PORTAL: self._connect,
            CommandKind.RESEND_CODE: self._portal.resend_otp,
            CommandKind.PORTAL_CODE: lambda: self._verify(command),
            CommandKind.DISCONNECT_PORTAL: self._portal.disconnect,
        }
        work = about_portal.get(command.kind)
        if work is None:
            return Reason.COMMAND_UNKNOWN
        self._records.put(asked, None)
        return work().reason

    def _about_job(self, command: Command, asked: Asked) -> Reason | None:
        job_id = command.job_id
        if job_id is None:
            return Reason.COMMAND_UNKNOWN
        if command.kind is CommandKind.START_DOWNLOAD:
            if command.download is None:
                return Reason.COMMAND_UNKNOWN
            self._portal.accept(command.download, job_id, asked)
            return None
        changes: dict[CommandKind, Callable[[UUID, Asked], JobSnapshot]] = {
            CommandKind.CANCEL_JOB: self._portal.cancel,
            CommandKind.PAUSE_JOB: self._portal.pause,
            CommandKind.RESUME_JOB: self._portal.resume,
        }
        changes[command.kind](job_id, asked)
        return None

    def _connect(self) -> SessionSnapshot:
        now = self._portal.session()
        if now.state is SessionState.CONNECTED:
            return now
        unfit = self._browser.check_before_connecting().reason
        if unfit is not None:
            raise RequestError(unfit)
        return self._portal.connect(self._kept_login(), True)

    def _kept_login(self) -> PortalCredentials:
        account = self._settings.current.portal
        if not (account.username and account.phone and self._logins.has_password(account.username)):
            raise RequestError(Reason.LOGIN_NOT_KEPT)
        return self._logins.credentials(account.username, "", account.phone)

    def _verify(self, command: Command) -> SessionSnapshot:
        device_id = self._settings.current.device_id
        if command.sealed_code is None or device_id is None:
            raise RequestError(Reason.CODE_NOT_FOR_US)
        return self._portal.verify_otp(self._open_code(command.sealed_code, device_id, command.command_id))
