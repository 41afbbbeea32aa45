"""Lists of the dashboard that a person gave a name."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from protocol.exports import CandidateFilter

ViewName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SavedView(BaseModel):
    """A name for filters."""

    view_id: UUID
    name: str
    filters: CandidateFilter


class SavedViews(BaseModel):
    """A person's own views, by name."""

    views: list[SavedView]


class ViewRequest(BaseModel):
    """Keep these filters under a name; a view of the same name is replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ViewName
    filters: CandidateFilter
