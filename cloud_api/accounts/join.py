"""Joining an office: whoever has an invitation's token sees what it is for, and uses it up once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cloud_api.accounts.members import SQL
from cloud_api.accounts.schemas import InvitationSeen, Join, Role, Session, SignIn
from cloud_api.accounts.sign_in import sign_in
from cloud_api.auth.guard import Guard, token_hash
from cloud_api.auth.provider import AccountMaker, AccountProvider
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Origin
from cloud_api.errors import Conflict, InvalidRequest
from protocol.reasons import Reason

_WHY_NOT: Mapping[str, Reason] = {
    "unknown": Reason.INVITATION_NOT_VALID,
    "used": Reason.INVITATION_USED,
    "revoked": Reason.INVITATION_REVOKED,
    "expired": Reason.INVITATION_EXPIRED,
    "other-address": Reason.INVITATION_ACCOUNT,
    "other-office": Reason.INVITATION_OTHER_OFFICE,
}


@dataclass(frozen=True)
class _Found:
    organisation_name: str
    email: str
    role: str
    invited_by: str
    expires_at: datetime
    state: str


def look(database: Database, token: str) -> InvitationSeen:
    """Return what an invitation is for.

    Raises:
        InvalidRequest: `invitation.not-valid`.
        Conflict: `invitation.used`, `invitation.revoked`, or `invitation.expired`.
    """
    with database.anonymous() as tx:
        found = tx.maybe(SQL["invitation_by_token"], {"token_hash": token_hash(token)}, _Found)
    if found is None:
        raise InvalidRequest(Reason.INVITATION_NOT_VALID)
    if found.state != "open":
        raise Conflict(_WHY_NOT[found.state])
    return InvitationSeen(
        organisation_name=found.organisation_name,
        email=found.email,
        role=Role(found.role),
        invited_by=found.invited_by,
        expires_at=found.expires_at,
    )


def join(
    database: Database,
    maker: AccountMaker,
    provider: AccountProvider,
    guard: Guard,
    request: Join,
    *,
    origin: Origin,
) -> Session:
    """Make the account if there is none, and the membership; and sign in.

    The account is made first: whoever is interrupted after it uses the same invitation again.

    Raises:
        InvalidRequest: `invitation.not-valid`, or `invitation.password-weak`.
        Conflict: why the invitation cannot be used, or not by this account.
        Unavailable: the provider of accounts does not answer.
    """
    hashed = token_hash(request.invitation_token)
    email = look(database, request.invitation_token).email
    user_id = maker.open_account(hashed, email, request.password)
    row = {"token_hash": hashed, "user_id": user_id, "full_name": request.full_name}
    with database.anonymous(origin) as tx:
        outcome = str(tx.value(SQL["accept_invitation"], row))
    if outcome != "joined":
        raise Conflict(_WHY_NOT[outcome])
    return sign_in(provider, guard, SignIn(email=email, password=request.password))
