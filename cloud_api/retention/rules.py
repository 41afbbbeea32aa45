"""The office's rules on how long people are kept, and what one would do before it is saved."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import InvalidRequest, NotFound
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.retention.schemas import (
    DeletedCount,
    IdlePerson,
    Preview,
    Retention,
    Rule,
    RuleRequest,
    Share,
)
from protocol.reasons import Reason

MOST = 50
"""The most rules of one office."""

SQL = NamedQueries("cloud_api.retention", "retention.sql")


class Group(NamedTuple):
    """How many people of a rank and status a rule is about, and whether a legal hold keeps them."""

    rank_applied_for: str
    status: str
    is_held: bool
    people: int


def retention(database: Database, principal: Principal) -> Retention:
    """Return the rules, and whom they have deleted so far."""
    with database.authenticated(principal.claims) as tx:
        return Retention(
            rules=tx.all(SQL["rules"], {"rule_id": None}, Rule),
            deleted=tx.all(SQL["deleted_counts"], {}, DeletedCount),
            objects_waiting=tx.value(SQL["objects_waiting"], {}),
        )


def preview(database: Database, principal: Principal, request: RuleRequest) -> Preview:
    """Return what a rule would do if it were followed now; nothing is changed."""
    wanted = _values(principal, request)
    with database.authenticated(principal.claims) as tx:
        groups = tx.all(SQL["preview"], wanted, Group)
        first = tx.all(SQL["preview_first"], wanted, IdlePerson)
    return summary(groups, first)


def summary(groups: Iterable[Group], first: list[IdlePerson]) -> Preview:
    """Add up what a rule would do, the most people first."""
    ranks: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    held = 0
    for group in groups:
        if group.is_held:
            held += group.people
            continue
        ranks[group.rank_applied_for] += group.people
        statuses[group.status] += group.people
    return Preview(
        people=ranks.total(), held=held, by_rank=_shares(ranks), by_status=_shares(statuses), first=first
    )


def make(database: Database, principal: Principal, request: RuleRequest) -> Rule:
    """Save a rule; it is followed within a day.

    Raises:
        InvalidRequest: the office has the most rules already.
    """
    with database.authenticated(principal.claims) as tx:
        rule_id = tx.value(SQL["make_rule"], _values(principal, request) | {"most": MOST})
        if rule_id is None:
            raise InvalidRequest(Reason.REQUEST_INVALID, "too many rules")
        audit.write(tx, principal, Act.RULE_MADE, Subject("rule", rule_id), _told(request))
        return _rule(tx, rule_id)


def change(database: Database, principal: Principal, rule_id: UUID, request: RuleRequest) -> Rule:
    """Change a rule.

    Raises:
        NotFound: the office has no such rule.
    """
    with database.authenticated(principal.claims) as tx:
        if tx.run(SQL["change_rule"], _values(principal, request) | {"rule_id": rule_id}) == 0:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        audit.write(tx, principal, Act.RULE_CHANGED, Subject("rule", rule_id), _told(request))
        return _rule(tx, rule_id)


def drop(database: Database, principal: Principal, rule_id: UUID) -> None:
    """Forget a rule; whom it has deleted stays deleted.

    Raises:
        NotFound: the office has no such rule.
    """
    with database.authenticated(principal.claims) as tx:
        if tx.run(SQL["drop_rule"], {"rule_id": rule_id}) == 0:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        audit.write(tx, principal, Act.RULE_DROPPED, Subject("rule", rule_id))


def _rule(tx: Transaction, rule_id: UUID) -> Rule:
    return tx.one(SQL["rules"], {"rule_id": rule_id}, Rule)


def _values(principal: Principal, request: RuleRequest) -> dict[str, Any]:
    owner = {"organisation_id": principal.organisation_id, "user_id": principal.user_id}
    return request.model_dump(mode="json") | owner


def _told(request: RuleRequest) -> dict[str, Any]:
    return request.model_dump(mode="json")


def _shares(counted: Counter[str]) -> list[Share]:
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [Share(name=name, people=people) for name, people in ordered]
