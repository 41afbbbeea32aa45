"""How long the office keeps people, who was deleted, and what it has of one person."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from protocol.candidates import CandidateStatus

HoldReason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Unverified(StrEnum):
    """Who is not on the dashboard: their resume waits under Review, or was passed."""

    UNVERIFIED = "unverified"


KeptStatus = CandidateStatus | Unverified


class RuleRequest(Request):
    """Delete whom nothing has happened to for so long; erase them for good after the days of grace.

    Attributes:
        statuses: of these only; empty is all.
        ranks: who applied for one of these only; empty is all.
        active: whether the rule is followed; else it is kept for later.
    """

    months: int = Field(ge=1, le=240, strict=True)
    grace_days: int = Field(default=30, ge=1, le=365, strict=True)
    statuses: list[KeptStatus] = Field(default=[], max_length=6)
    ranks: list[str] = Field(default=[], max_length=200)
    active: bool = True


class Rule(BaseModel):
    """A rule of the office; ``last_run_at`` is when it was followed to its end."""

    rule_id: UUID
    months: int
    grace_days: int
    statuses: list[KeptStatus]
    ranks: list[str]
    active: bool
    created_by: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    last_run_at: AwareDatetime | None


class DeletedCount(BaseModel):
    """How many of a rank are in no list any more.

    Attributes:
        active: as what they are counted: outside the Archive; ``archived``: in it.
        waiting: can still be brought back.
        erased: are erased for good.
    """

    rank_applied_for: str
    active: int
    archived: int
    waiting: int
    erased: int


class Retention(BaseModel):
    """The office's rules, and whom they and its admins have deleted so far.

    Attributes:
        objects_waiting: files that are still to be removed from the office's file store.
    """

    rules: list[Rule]
    deleted: list[DeletedCount]
    objects_waiting: int


class Share(BaseModel):
    """How many people of one rank or status; an empty one is nobody's yet."""

    name: str
    people: int


class IdlePerson(BaseModel):
    """Somebody whom a rule would delete."""

    candidate_id: UUID
    name: str
    rank_applied_for: str
    status: KeptStatus
    touched_at: AwareDatetime


class Preview(BaseModel):
    """What a rule would do if it were followed now.

    Attributes:
        people: how many it would delete.
        held: how many more it is about, whom a legal hold keeps.
        first: those whom nothing happened to for longest, fifty at most.
    """

    people: int
    held: int
    by_rank: list[Share]
    by_status: list[Share]
    first: list[IdlePerson]


class DeletedQuery(Request):
    """Which page of who was deleted."""

    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)


class DeletedPerson(BaseModel):
    """Somebody who was deleted, and can be brought back until ``erase_at``."""

    candidate_id: UUID
    name: str
    rank_applied_for: str
    status: KeptStatus
    touched_at: AwareDatetime
    deleted_at: AwareDatetime
    erase_at: AwareDatetime


class DeletedPage(BaseModel):
    """Deleted last first."""

    people: list[DeletedPerson]
    next_cursor: str | None = None


class RestoreRequest(Request):
    """Whom to bring back."""

    candidate_ids: list[UUID] = Field(min_length=1, max_length=500)


class Restored(BaseModel):
    """How many of them are back."""

    restored: int


class Hold(BaseModel):
    """Why nothing of a person is deleted, and who said so."""

    reason: str
    placed_by: str
    placed_at: AwareDatetime


class HoldRequest(Request):
    """Why nothing of a person may be deleted."""

    reason: HoldReason


class CopyComputer(BaseModel):
    """A computer that has had a resume of a person: its copy stays when the person is erased."""

    device_id: UUID
    device_name: str
    owner_name: str
    status: str
    last_seen_at: AwareDatetime | None


class Keeping(BaseModel):
    """What the office has of a person, and what speaks against deleting it.

    Attributes:
        cloud_copies: files in the office's file store.
        exports: that the person was in; what left the office with them cannot be taken back.
        erase_at: when they will be erased, if they were deleted.
    """

    candidate_id: UUID
    hold: Hold | None
    resumes: int
    cloud_copies: int
    exports: int
    computers: list[CopyComputer]
    deleted_at: AwareDatetime | None
    erase_at: AwareDatetime | None


class Erased(BaseModel):
    """What was erased, and on which computers copies are left."""

    resumes: int
    cloud_copies: int
    computers: list[CopyComputer]
