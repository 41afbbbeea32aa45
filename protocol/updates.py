"""What a computer tells its office of an update of NjordHR on it.

The computer may be newer than the office's server: what this names freely (a reason, a platform) is a text of
a form, and not one of the words that the reader knows.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from protocol.wire import Wire

ReleaseVersion = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")]
UpdateCode = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z]+\.[a-z0-9-]+$")]
"""A reason's code, which a newer computer may know alone."""

Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class UpdateResult(StrEnum):
    """How an update ended."""

    COMMITTED = "committed"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"


class UpdateEnded(Wire):
    """An update of a computer is over, well or not.

    Attributes:
        from_version: what ran before.
        to_version: what was to run; it does when the result is `committed`.
        reason: why it was taken back or failed.
    """

    from_version: ReleaseVersion
    to_version: ReleaseVersion
    result: UpdateResult
    reason: UpdateCode | None = None
    channel: Word
    platform: Word
