"""Inviting somebody to the office: a link that is told once, is good for a week, and can be used once.

Only a hash of its token is kept. A new link of the same invitation makes the earlier one worthless.
"""

import secrets
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from cloud_api.accounts.members import SQL
from cloud_api.accounts.schemas import InvitationList, InvitationMade, InvitationView, Invite
from cloud_api.auth.guard import token_hash
from cloud_api.auth.principal import Person
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from protocol.reasons import Reason

LIFETIME = timedelta(days=7)
TOKEN_PREFIX = "nji_"  # noqa: S105 - the mark of the kind of token, not a token


class _Id(NamedTuple):
    id: UUID


class _State(NamedTuple):
    state: str


def invitations(database: Database, person: Person) -> InvitationList:
    """Return the invitations that nobody has used or taken back."""
    with database.authenticated(person.claims) as tx:
        return InvitationList(invitations=tx.all(SQL["invitations"], {}, InvitationView))


def invite(database: Database, person: Person, request: Invite) -> InvitationMade:
    """Invite an address with a role.

    Raises:
        Conflict: `member.already-there`, or `invitation.already-open`, each with its id in the facts.
    """
    token = new_token()
    row = {
        "organisation_id": person.organisation_id,
        "email": request.email,
        "role": request.role.value,
        "token_hash": token_hash(token),
        "by": person.user_id,
        "lifetime": LIFETIME,
    }
    with database.authenticated(person.claims) as tx:
        member = tx.value(SQL["member_of_address"], row)
        if member is not None:
            raise Conflict(Reason.MEMBER_THERE, facts={"user_id": str(member)})
        made = tx.maybe(SQL["invite"], row, _Id)
        if made is None:
            there = tx.value(SQL["open_invitation"], row)
            raise Conflict(Reason.INVITATION_OPEN, facts={"invitation_id": str(there)})
        role = {"role": request.role.value}
        audit.write(tx, person, Act.INVITATION_MADE, Subject("invitation", made.id), role)
        return _told(tx, made.id, token)


def renew(database: Database, person: Person, invitation_id: UUID) -> InvitationMade:
    """Make a new link, good for a week again; the earlier one stops working.

    Raises:
        NotFound: the office has no such invitation.
        Conflict: `invitation.over`.
    """
    token = new_token()
    row = {"invitation_id": invitation_id, "token_hash": token_hash(token), "lifetime": LIFETIME}
    with database.authenticated(person.claims) as tx:
        if not tx.run(SQL["renew_invitation"], row):
            _state(tx, invitation_id)
            raise Conflict(Reason.INVITATION_OVER)
        audit.write(tx, person, Act.INVITATION_RENEWED, Subject("invitation", invitation_id))
        return _told(tx, invitation_id, token)


def revoke(database: Database, person: Person, invitation_id: UUID) -> None:
    """Take an invitation back: its link stops working. Once is as good as twice.

    Raises:
        NotFound: the office has no such invitation.
        Conflict: `invitation.over`: somebody has joined with it.
    """
    with database.authenticated(person.claims) as tx:
        if tx.run(SQL["revoke_invitation"], {"invitation_id": invitation_id}):
            audit.write(tx, person, Act.INVITATION_REVOKED, Subject("invitation", invitation_id))
        elif _state(tx, invitation_id) != "revoked":
            raise Conflict(Reason.INVITATION_OVER)


def new_token() -> str:
    """Return a token of 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def _told(tx: Transaction, invitation_id: UUID, token: str) -> InvitationMade:
    view = tx.one(SQL["invitation"], {"invitation_id": invitation_id}, InvitationView)
    return InvitationMade(invitation=view, invitation_token=token)


def _state(tx: Transaction, invitation_id: UUID) -> str:
    return tx.one(SQL["invitation_state"], {"invitation_id": invitation_id}, _State).state
