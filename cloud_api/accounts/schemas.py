"""Signing in, and who one is."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What a member of an organisation may do; see the policy table."""

    ADMIN = "admin"
    MANAGER = "manager"
    RECRUITER = "recruiter"


class SignIn(Request):
    """An e-mail address and its password."""

    email: str = Field(min_length=3, max_length=320)
    password: str = Field(min_length=1, max_length=400)


class Refresh(Request):
    """The refresh token of an earlier sign-in."""

    refresh_token: str = Field(min_length=1, max_length=4096)


class Me(BaseModel):
    """The signed-in person.

    Attributes:
        actions: the names of the policy table's actions that this role includes.
    """

    user_id: UUID
    email: str
    full_name: str
    organisation_id: UUID
    organisation_name: str
    role: Role
    actions: list[str]


class Session(BaseModel):
    """Tokens in the shape of Supabase Auth; ``expires_in`` in seconds."""

    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105 - how the token is sent, not a token
    expires_in: int
    me: Me
