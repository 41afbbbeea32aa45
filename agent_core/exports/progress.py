"""How an export stands: whom it has, whose resume is in it, and what is missing and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from protocol.reasons import Reason


class ExportState(StrEnum):
    """The states of an export. The last three are final."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to it."""
        return self is not ExportState.RUNNING


@dataclass(frozen=True)
class Progress:
    """An export at one moment.

    Attributes:
        people: how many it has in all; 0 until the office has said.
        resumes: how many PDFs are in it.
        missing: (reason, name of the computer or nothing) -> how many people's resume is not in it.
        length: bytes written so far.
        reason: why it failed or was cancelled.
    """

    state: ExportState = ExportState.RUNNING
    people: int = 0
    resumes: int = 0
    missing: Mapping[tuple[Reason, str], int] = field(default_factory=dict)
    length: int = 0
    reason: Reason | None = None

    @property
    def missing_count(self) -> int:
        """How many people are in it without a resume."""
        return sum(self.missing.values())

    @property
    def done(self) -> int:
        """How many people were gone through."""
        return self.resumes + self.missing_count

    def with_resume(self) -> "Progress":
        """Return it after one more resume."""
        return replace(self, resumes=self.resumes + 1)

    def without_resume(self, reason: Reason, device_name: str) -> "Progress":
        """Return it after one more person whose resume is missing."""
        key = (reason, device_name)
        return replace(self, missing={**self.missing, key: self.missing.get(key, 0) + 1})

    def ended(self, state: ExportState, reason: Reason | None = None) -> "Progress":
        """Return it as it ended."""
        return replace(self, state=state, reason=reason)

    @property
    def sentence(self) -> str:
        """Say what came of it, or how far it is."""
        if self.state is ExportState.DONE:
            missing = f"{self.missing_count} missing" if self.missing else "none missing"
            return f"{_count(self.people, 'person', 'people')}, {_count(self.resumes, 'resume')}, {missing}"
        if self.state is ExportState.RUNNING:
            return f"{self.done} of {self.people}" if self.people else "Asking the office whom it has"
        return self.reason.sentence if self.reason is not None else ""


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"
