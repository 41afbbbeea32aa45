"""Which part of an export is read. What an export is stands in `protocol.exports`."""

from pydantic import BaseModel, ConfigDict, Field

from protocol.exports import MAX_PEOPLE, PAGE


class PeopleQuery(BaseModel):
    """The people after the first ``after``, at most ``limit``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: int = Field(default=0, ge=0, le=MAX_PEOPLE)
    limit: int = Field(default=PAGE, ge=1, le=PAGE)
