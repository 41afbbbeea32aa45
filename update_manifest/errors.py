"""Why an update is not believed, taken or kept.

The codes are those of the product's registry of reasons, where their words are; trust in updates does not
depend on that registry, so a test compares the two.
"""

from collections.abc import Mapping
from enum import StrEnum


class UpdateReason(StrEnum):
    """A stable code, `update.what-happened`."""

    UNREACHABLE = "update.unreachable"
    SLOW = "update.slow"
    METADATA_INVALID = "update.metadata-invalid"
    EXPIRED = "update.expired"
    ROLLBACK = "update.rollback"
    SIGNATURE_INVALID = "update.signature-invalid"


class UpdateError(Exception):
    """Something about an update was refused.

    Attributes:
        reason: which refusal.
        facts: numbers and names of the product's own, never a person's.
    """

    def __init__(self, reason: UpdateReason, facts: Mapping[str, object] | None = None) -> None:
        """Remember why."""
        super().__init__(reason.value)
        self.reason = reason
        self.facts = dict(facts or {})
