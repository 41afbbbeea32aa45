"""The errors of the cloud: one tree, each with a stable reason and facts that name no person.

The class says which HTTP status the refusal has; the reason says what to tell people.
"""

from typing import Any, ClassVar

from protocol.reasons import Reason


class CloudError(Exception):
    """Something was refused or did not work.

    Attributes:
        status: the HTTP status of the problem document.
        reason: the registry's reason, with its retry class and words.
        detail: which field or rule; never anybody's data.
        facts: values that a program needs to act, such as the current version.
    """

    status: ClassVar[int] = 500

    def __init__(self, reason: Reason, detail: str = "", facts: dict[str, Any] | None = None) -> None:
        """Keep the reason, the detail and the facts."""
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.facts = facts or {}


class InvalidRequest(CloudError):  # noqa: N818 - named after what was refused, as the tree below
    """What was asked for is not possible as it was asked."""

    status = 422


class NotSignedIn(CloudError):  # noqa: N818
    """Nobody is known to have asked, or the token is not believed."""

    status = 401


class Forbidden(CloudError):  # noqa: N818
    """The caller is known, and this is not theirs to do."""

    status = 403


class NotFound(CloudError):  # noqa: N818
    """It does not exist, or not for this caller."""

    status = 404


class Conflict(CloudError):  # noqa: N818
    """It is not now as the caller thought."""

    status = 409


class TooManyRequests(CloudError):  # noqa: N818
    """The caller asked too often."""

    status = 429


class Unavailable(CloudError):  # noqa: N818
    """A part that the answer needs does not answer now; later it may."""

    status = 503


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached, or did not answer in time."""

    def __init__(self, detail: str = "") -> None:
        """The reason is always the same."""
        super().__init__(Reason.SERVER_DATABASE_DOWN, detail)


class TooLarge(CloudError):  # noqa: N818
    """More than is accepted in one go."""

    status = 413
