"""What became of the last update: a part of the state, so that it is never told of what did not happen."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """How an update ended."""

    COMMITTED = "committed"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """How the last update ended.

    Attributes:
        id: made once; whoever tells it on sends it with this.
        reason: an `UpdateReason`'s value; nothing when it went well.
        at: RFC 3339 in UTC.
    """

    id: str
    result: Result
    from_version: str
    to_version: str
    reason: str | None
    at: str

    def as_json(self) -> dict[str, Any]:
        """Return it as the state has it."""
        return {
            "id": self.id,
            "result": self.result.value,
            "from_version": self.from_version,
            "to_version": self.to_version,
            "reason": self.reason,
            "at": self.at,
        }


def outcome_of(found: Any) -> Outcome | None:
    """Return what the state has; nothing when it is none, for it only tells and decides nothing."""
    if not isinstance(found, dict):
        return None
    names = ("id", "result", "from_version", "to_version", "at")
    reason = found.get("reason")
    if not all(isinstance(found.get(name), str) for name in names) or not isinstance(reason, str | None):
        return None
    if found["result"] not in list(Result):
        return None
    result = Result(found["result"])
    return Outcome(found["id"], result, found["from_version"], found["to_version"], reason, found["at"])
