"""Exports: which people, and what the office knows of each one and of where their resume's file is.

An export is a list of people that the cloud fixes when it is asked for, so that it can be read in parts
while others go on working.
"""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from protocol.candidates import CandidateStatus
from protocol.wire import Sha256, Wire

MAX_PEOPLE = 20_000
"""The most people of one export."""

PAGE = 200
"""The most people of one page of an export."""


class CandidateFilter(BaseModel):
    """The dashboard's filters. An empty one does not filter.

    Attributes:
        archive: whether the final statuses are meant, or the others; a ``status`` says it by itself.
        call_backs: only whom the reader wants to call back.
        q: part of a name, an e-mail address or a note, or digits of a phone number or of the portal's number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: str = Field(default="", max_length=400)
    status: CandidateStatus | Literal[""] = ""
    archive: bool = False
    q: str = Field(default="", max_length=200)
    country: str = Field(default="", max_length=400)
    call_backs: bool = False


class ExportRequest(BaseModel):
    """Whom to export: a selection, or everybody whom a filter of the dashboard lets through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    candidate_ids: list[UUID] | None = Field(default=None, min_length=1, max_length=MAX_PEOPLE)
    filter: CandidateFilter | None = None

    @model_validator(mode="after")
    def _says_whom(self) -> "ExportRequest":
        if (self.candidate_ids is None) == (self.filter is None):
            raise ValueError("either candidate_ids or filter")
        return self


class Export(Wire):
    """An export that may be taken until ``expires_at`` by the person who asked for it."""

    export_id: UUID
    people: int
    expires_at: AwareDatetime


class ExportRow(Wire):
    """What the table says of one person: the newest of the events that the old log had, and who they are.

    Attributes:
        date_added: when that event happened.
        filename: of the newest resume; empty without one.
    """

    candidate_id: str
    filename: str
    date_added: AwareDatetime
    event_type: str
    status: str
    notes: str
    rank_applied_for: str
    search_ship_type: str
    ai_search_prompt: str
    ai_match_reason: str
    name: str
    present_rank: str
    email: str
    country: str
    mobile_no: str


class ExportResume(Wire):
    """The newest resume of a person, and where its bytes are.

    Attributes:
        file_sha256: of the file as its computer stored it.
        stored_sha256: of the cloud copy; absent while there is none.
        device_name: the computer that downloaded it; empty when it is not known.
        device_last_seen_at: when that computer was last heard of.
    """

    resume_id: UUID
    filename: str
    content_sha256: Sha256
    file_sha256: Sha256
    stored_sha256: Sha256 | None = None
    device_name: str = ""
    device_last_seen_at: AwareDatetime | None = None


class ExportPerson(Wire):
    """One person of an export."""

    row: ExportRow
    resume: ExportResume | None = None


class ExportPage(Wire):
    """A part of an export; ``next_after`` is where the next one begins, absent at the end."""

    people: tuple[ExportPerson, ...]
    next_after: int | None = None
