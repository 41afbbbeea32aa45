"""Who asks, from ``Authorization: Bearer …``, and whether the policy table lets them.

Nobody gets to a route unknown, and no route is without a rule: every view says with `allow` which action it
is, or with `allow_anyone` why it needs none; one that says nothing is refused, and a test lists such.
A person's token proves only who; the membership, and whether a device is still connected, is looked up at
each request, so that switching off and revoking work at the next one.
"""

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, current_app, g, request

from cloud_api.auth.policy import Action, may
from cloud_api.auth.principal import Device, Person, Principal, Role
from cloud_api.auth.tokens import TokenVerifier
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Claims, Origin
from cloud_api.errors import Forbidden, NotSignedIn
from protocol.reasons import Reason

DEVICE_TOKEN_PREFIX = "njd_"  # noqa: S105 - the mark of the kind of token, not a token
_RULE = "_njordhr_rule"
_QUERIES = NamedQueries("cloud_api.auth", "auth.sql")

View = TypeVar("View", bound=Callable[..., Any])
Rule = Action | str


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


def allow(action: Action) -> Callable[[View], View]:
    """Mark a view: only who may do ``action`` gets in."""
    return lambda view: _marked(view, action)


def allow_anyone(why: str) -> Callable[[View], View]:
    """Mark a view: everybody gets in, for the reason given."""
    return lambda view: _marked(view, why)


def _marked(view: View, rule: Rule) -> View:
    setattr(view, _RULE, rule)
    return view


def rules_of(app: Flask) -> dict[str, Rule | None]:
    """Return endpoint -> its action, why it needs none, or None when its view says nothing."""
    return {endpoint: getattr(view, _RULE, None) for endpoint, view in app.view_functions.items()}


def token_hash(token: str) -> bytes:
    """Return what the database keeps of a secret token."""
    return hashlib.sha256(token.encode()).digest()


class Guard:
    """Finds out who asks, from ``Authorization: Bearer …``, and whether they may."""

    def __init__(self, database: Database, verifier: TokenVerifier) -> None:
        """Look people and devices up here."""
        self._database = database
        self._verifier = verifier

    def install(self, app: Flask) -> None:
        """Check every request of this app before its view."""
        app.before_request(self._check)

    def _check(self) -> None:
        if request.endpoint is None or request.method == "OPTIONS":
            return
        rule: Rule | None = getattr(current_app.view_functions[request.endpoint], _RULE, None)
        if rule is None:
            raise Forbidden(Reason.AUTH_FORBIDDEN, "no rule")
        if isinstance(rule, Action):
            principal = self.admit(request.headers.get("Authorization"), rule)
            g.principal = replace(
                principal, address=ip_address_of(request.remote_addr), trace_id=g.get("trace_id", "")
            )

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

    def believe(self, authorization: str | None) -> None:
        """Look at a person's token again, without the database; one of a device does not run out.

        Raises:
            NotSignedIn: it is not believed any more.
            Unavailable: the provider's keys cannot be had.
        """
        token = bearer_token(authorization)
        if not token.startswith(DEVICE_TOKEN_PREFIX):
            self._verifier.verify(token)

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


def ip_address_of(remote: str | None) -> str:
    """Return an address as the audit log has it; empty when there is none, as behind a local socket.

    Example:
        >>> ip_address_of("192.0.2.7"), ip_address_of("::ffff:192.0.2.7"), ip_address_of("unix:")
        ('192.0.2.7', '192.0.2.7', '')
    """
    try:
        address = ipaddress.ip_address((remote or "").partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def current_origin() -> Origin:
    """Return where the request comes from, for what is done before anybody is known."""
    return Origin(ip_address_of(request.remote_addr), str(g.get("trace_id", "")))


def bearer_token(authorization: str | None) -> str:
    """Return the token of an ``Authorization`` header.

    Raises:
        NotSignedIn: there is none.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn(Reason.AUTH_REQUIRED)
    return token.strip()


def current_principal() -> Principal:
    """Return who asks; only inside a view that is marked with `allow`."""
    principal: Principal = g.principal
    return principal


def current_person() -> Person:
    """Return the person who asks.

    Raises:
        Forbidden: a device asks.
    """
    principal = current_principal()
    if not isinstance(principal, Person):
        raise Forbidden(Reason.AUTH_FORBIDDEN, "person")
    return principal


def current_device() -> Device:
    """Return the device that asks.

    Raises:
        Forbidden: a person asks.
    """
    principal = current_principal()
    if not isinstance(principal, Device):
        raise Forbidden(Reason.AUTH_FORBIDDEN, "device")
    return principal


def current_token() -> str:
    """Return the caller's token, for signing out."""
    return bearer_token(request.headers.get("Authorization"))
