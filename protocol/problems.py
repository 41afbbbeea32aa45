"""How either API says that something did not work (RFC 9457, problem+json)."""

from typing import Any

from pydantic import Field

from protocol.reasons import Reason
from protocol.wire import Wire

PROBLEM_MEDIA_TYPE = "application/problem+json"


class Problem(Wire):
    """A refusal with its reason.

    Attributes:
        type: a relative reference to the reason's page, ``/reasons/<reason>``.
        title: the reason's sentence.
        next_step: what the person can do.
        detail: which field or rule of this request, without anybody's data.
        facts: values that a program needs to act, such as the current version.
    """

    type: str
    title: str
    status: int
    reason: Reason
    next_step: str
    detail: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)


def problem(reason: Reason, status: int, detail: str = "", facts: dict[str, Any] | None = None) -> Problem:
    """Make the problem document of a reason."""
    return Problem(
        type=f"/reasons/{reason.value}",
        title=reason.sentence,
        status=status,
        reason=reason,
        next_step=reason.next_step,
        detail=detail,
        facts=facts or {},
    )
