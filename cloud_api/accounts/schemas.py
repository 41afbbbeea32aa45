"""Signing in, who one is, the people of an office, and joining one."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MINIMUM_PASSWORD = 12
"""The fewest characters of a password that somebody chooses here."""


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


class MemberView(BaseModel):
    """A person of the office; ``computers`` are those that are connected."""

    user_id: UUID
    email: str
    full_name: str
    role: Role
    active: bool
    joined_at: datetime
    computers: int
    last_seen_at: datetime | None


class MemberList(BaseModel):
    """By name; those who are switched off last."""

    members: list[MemberView]


class RoleChange(Request):
    """The role that a colleague gets."""

    role: Role


class Invite(Request):
    """Whom to invite, and what they may do when they have joined."""

    email: Annotated[
        str,
        StringConstraints(strip_whitespace=True, to_lower=True, max_length=320, pattern=r"^[^@\s]+@[^@\s]+$"),
    ]
    role: Role


class InvitationView(BaseModel):
    """An invitation that nobody has used; ``sent_at`` is when its present link was made."""

    invitation_id: UUID
    email: str
    role: Role
    invited_by: str
    sent_at: datetime
    expires_at: datetime
    expired: bool


class InvitationList(BaseModel):
    """Newest first."""

    invitations: list[InvitationView]


class InvitationMade(BaseModel):
    """An invitation with its token, told this once; ``link`` is empty when there is no hosted page."""

    invitation: InvitationView
    invitation_token: str
    link: str = ""


class InvitationToken(Request):
    """The token of an invitation's link."""

    invitation_token: str = Field(min_length=1, max_length=200)


class InvitationSeen(BaseModel):
    """What an invitation is for, as whoever holds its link is told it."""

    organisation_name: str
    email: str
    role: Role
    invited_by: str
    expires_at: datetime


class Join(InvitationToken):
    """An invitation that is used: the person's name and the password of their account."""

    full_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    password: str = Field(min_length=MINIMUM_PASSWORD, max_length=400)
