"""The errors of the agent: one tree, each with a stable reason and facts that name no person."""

from collections.abc import Mapping
from datetime import timedelta

from protocol.reasons import Reason


class AgentError(Exception):
    """Something did not work, for a reason that people can be told.

    Attributes:
        reason: the registry's reason, with its retry class and words.
        detail: which element, field or path; never anybody's data, a password or a code.
        facts: values that a program needs to act, such as another job's id.
    """

    def __init__(self, reason: Reason, detail: str = "", facts: Mapping[str, str] | None = None) -> None:
        """Keep the reason and the detail."""
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.facts: Mapping[str, str] = facts or {}


class PortalError(AgentError):
    """The portal or the browser that drives it did not do what was asked."""


class PortalSessionError(PortalError):
    """The portal's session is over: nothing more can be fetched until somebody logs in again."""


class FilesError(AgentError):
    """The download folder or a file in it could not be used."""


class ResumeError(AgentError):
    """A resume's PDF could not be read."""


class StoreError(AgentError):
    """The agent's own records could not be read or written."""


class CloudError(AgentError):
    """The cloud refused, or could not be reached.

    Attributes:
        retry_after: how long the cloud wants to be left alone; absent when it does not say.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        facts: Mapping[str, str] | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        """Keep the reason, the detail and the wish."""
        super().__init__(reason, detail, facts)
        self.retry_after = retry_after


class SettingsError(AgentError):
    """A setting is not acceptable, or the settings file cannot be read."""


class ComputerError(AgentError):
    """The operating system did not do what was asked."""


class RequestError(AgentError):
    """What the local API was asked for is not possible now."""
