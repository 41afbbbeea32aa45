"""The people of an office: who they are, their role, and switching one off and on again.

Every change is in the audit log with it. That an office keeps an admin is the database's to say: two admins
may demote one another at the same moment. Whoever is no admin any more leaves no link behind with which they
could come back as one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from psycopg import errors as pg

from cloud_api.accounts.schemas import MemberList, MemberView, Role
from cloud_api.auth.principal import Person
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict, Forbidden
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from protocol.reasons import Reason

SQL = NamedQueries("cloud_api.accounts", "accounts.sql")
_KEEPS_AN_ADMIN = "memberships_keep_an_admin"


class _Id(NamedTuple):
    id: UUID


class _Member(NamedTuple):
    role: str
    active: bool


def members(database: Database, person: Person) -> MemberList:
    """Return everybody of the office, those who are switched off last."""
    with database.authenticated(person.claims) as tx:
        return MemberList(members=tx.all(SQL["members"], {}, MemberView))


def set_role(database: Database, person: Person, user_id: UUID, role: Role) -> None:
    """Give a colleague another role; it holds at their next request. Once is as good as twice.

    Raises:
        NotFound: there is no such colleague.
        Conflict: `member.not-yourself`, or `member.last-admin`.
        Forbidden: a colleague has just taken this person's own role away.
    """
    with _changing(database, person, user_id) as tx:
        member = tx.one(SQL["member_to_change"], {"user_id": user_id}, _Member)
        if member.role == role.value:
            return
        _change(tx, "set_role", {"user_id": user_id, "role": role.value})
        change = {"from": member.role, "to": role.value}
        audit.write(tx, person, Act.MEMBER_ROLE_CHANGED, Subject("member", user_id), change)
        if role is not Role.ADMIN:
            _revoke_links(tx, person, user_id)


def set_active(database: Database, person: Person, user_id: UUID, *, active: bool) -> None:
    """Switch a colleague off, with their computers, or on again; it holds at their next request.

    Raises:
        NotFound: there is no such colleague.
        Conflict: `member.not-yourself`, or `member.last-admin`.
    """
    with _changing(database, person, user_id) as tx:
        if tx.one(SQL["member_to_change"], {"user_id": user_id}, _Member).active == active:
            return
        _change(tx, "set_active", {"user_id": user_id, "active": active})
        act = Act.MEMBER_REACTIVATED if active else Act.MEMBER_DEACTIVATED
        audit.write(tx, person, act, Subject("member", user_id))
        if not active:
            _revoke_links(tx, person, user_id)


@contextmanager
def _changing(database: Database, person: Person, user_id: UUID) -> Iterator[Transaction]:
    try:
        with database.authenticated(person.claims) as tx:
            if user_id == person.user_id:
                raise Conflict(_why_not_oneself(tx))
            yield tx
    except pg.CheckViolation as error:
        if error.diag.constraint_name != _KEEPS_AN_ADMIN:
            raise
        raise Conflict(Reason.MEMBER_LAST_ADMIN) from error


def _change(tx: Transaction, query: str, values: dict[str, object]) -> None:
    if not tx.run(SQL[query], values):
        raise Forbidden(Reason.AUTH_FORBIDDEN, "no admin any more")


def _revoke_links(tx: Transaction, person: Person, user_id: UUID) -> None:
    for invitation in tx.all(SQL["revoke_links_of"], {"user_id": user_id}, _Id):
        audit.write(tx, person, Act.INVITATION_REVOKED, Subject("invitation", invitation.id))


def _why_not_oneself(tx: Transaction) -> Reason:
    alone = tx.value(SQL["admins"], {}) == 1
    return Reason.MEMBER_LAST_ADMIN if alone else Reason.MEMBER_YOURSELF
