"""Who asks, from ``Authorization: Bearer …``, and whether the policy table lets them.

A person's token proves only who; the membership, and whether a device is still connected, is looked up at
each request, so that switching off and revoking work at the next one.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from cloud_api.auth.policy import Action, may
from cloud_api.auth.principal import Device, Person, Principal, Role
from cloud_api.auth.tokens import TokenVerifier
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Claims
from cloud_api.errors import Forbidden, NotSignedIn
from protocol.reasons import Reason

DEVICE_TOKEN_PREFIX = "njd_"  # noqa: S105 - the mark of the kind of token, not a token
_QUERIES = NamedQueries("cloud_api.auth", "auth.sql")


@dataclass(frozen=True)
class _MemberRow:
    user_id: UUID
    organisation_id: UUID
    organisation_name: str
    email: str
    full_name: str
    role: str


@dataclass(frozen=True)
class _DeviceRow:
    device_id: UUID
    organisation_id: UUID
    user_id: UUID
    status: str
    member_active: bool


def token_hash(token: str) -> bytes:
    """Return what the database keeps of a secret token."""
    return hashlib.sha256(token.encode()).digest()


class Guard:
    """Finds out who asks, from ``Authorization: Bearer …``, and whether they may."""

    def __init__(self, database: Database, verifier: TokenVerifier) -> None:
        """Look people and devices up here."""
        self._database = database
        self._verifier = verifier

    def admit(self, authorization: str | None, action: Action) -> Principal:
        """Return who asks, when they may do this.

        Args:
            authorization: the header's value as it was sent.
            action: the row of the policy table.

        Raises:
            NotSignedIn: nobody is named, the token is not believed, or its device is revoked.
            Forbidden: not an active member of an office, or the table does not let them.
            Unavailable: the database or the provider's keys cannot be had.
        """
        principal = self.principal(bearer_token(authorization))
        if not may(principal, action):
            raise Forbidden(Reason.AUTH_FORBIDDEN, action.value)
        return principal

    def principal(self, token: str) -> Principal:
        """Return whose token this is.

        Raises:
            NotSignedIn: the token is not believed, or its device is revoked.
            Forbidden: the person is not an active member of an office.
            Unavailable: the database or the provider's keys cannot be had.
        """
        if token.startswith(DEVICE_TOKEN_PREFIX):
            return self._device(token)
        return self.person(self._verifier.verify(token))

    def person(self, user_id: UUID) -> Person:
        """Return the member of this id.

        Raises:
            Forbidden: there is none, or not an active one.
        """
        with self._database.authenticated(Claims(user_id)) as tx:
            row = tx.maybe(_QUERIES["member"], {"user_id": user_id}, _MemberRow)
        if row is None:
            raise Forbidden(Reason.AUTH_NOT_A_MEMBER)
        return Person(
            row.user_id,
            row.organisation_id,
            row.organisation_name,
            row.email,
            row.full_name,
            Role(row.role),
        )

    def _device(self, token: str) -> Device:
        with self._database.anonymous() as tx:
            row = tx.maybe(_QUERIES["device_by_token"], {"token_hash": token_hash(token)}, _DeviceRow)
        if row is None:
            raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "device")
        if row.status != "active":
            raise NotSignedIn(Reason.DEVICE_REVOKED)
        if not row.member_active:
            raise Forbidden(Reason.AUTH_NOT_A_MEMBER)
        return Device(row.device_id, row.organisation_id, row.user_id)


def bearer_token(authorization: str | None) -> str:
    """Return the token of an ``Authorization`` header.

    Raises:
        NotSignedIn: there is none.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn(Reason.AUTH_REQUIRED)
    return token.strip()
