"""The dashboard's data and its changes: a few queries on what is kept, however many events there are."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.dashboard.schemas import (
    ChangesQuery,
    DashboardChanges,
    DashboardData,
    DashboardQuery,
    DashboardRow,
    RankCount,
)
from cloud_api.db.candidate_filter import filter_parameters
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from protocol.candidates import CandidateStatus, next_statuses

CALL_BACKS_SHOWN = 500
"""The most call-backs of one person that are shown; nobody has more in mind."""

MOST_TO_REVIEW = 1000
"""Those who wait under Review are counted up to this; the page says that there are more."""

CHANGES_TOLD = 200
"""The most people that one answer tells as changed; after more, the list is read anew."""

SQL = NamedQueries("cloud_api.dashboard", "dashboard.sql")


class StateRow(BaseModel):
    """A candidate's current state. ``status`` is absent while nobody has verified the person."""

    model_config = ConfigDict(frozen=True)

    candidate_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    status: CandidateStatus | None
    mobile_no: str
    email: str
    country: str
    availability: str
    next_expiry: date | None
    notes: str
    call_back_on: date | None = None
    call_back_is_mine: bool | None = None
    touched_by: str
    touched_at: datetime
    version: int

    def view(self) -> DashboardRow:
        """Return it as the table shows it, with the steps that anyone may take."""
        values = self.model_dump() | {"call_back_is_mine": bool(self.call_back_is_mine)}
        return DashboardRow(**values, allowed_statuses=next_statuses(self.status))


class _Changed(NamedTuple):
    candidate_id: UUID


class _Totals(NamedTuple):
    total: int
    to_review: int
    my_call_backs: int
    call_backs_due: int


def data(database: Database, principal: Principal, query: DashboardQuery, now: datetime) -> DashboardData:
    """Return one page, newest touch first, with the counts beside it; call-backs are one page, by day."""
    filters = filter_parameters(query)
    after = decode(query.cursor)
    place = {"after_at": after and after.moment, "after_id": after and after.row_id, "limit": query.limit + 1}
    with database.authenticated(principal.claims) as tx:
        seq = _newest_change(tx)
        if query.call_backs:
            rows = tx.all(SQL["call_backs"], filters | {"limit": CALL_BACKS_SHOWN}, StateRow)
        else:
            rows = tx.all(SQL["page"], filters | place, StateRow)
        counts = _counts(tx, filters, query.today or now.date())
    shown = rows if query.call_backs else rows[: query.limit]
    more = len(rows) > len(shown)
    return DashboardData(
        seq=seq,
        rows=[row.view() for row in shown],
        next_cursor=encode(Position(shown[-1].touched_at, shown[-1].candidate_id)) if more else None,
        **counts,
    )


def changes(database: Database, principal: Principal, query: ChangesQuery, now: datetime) -> DashboardChanges:
    """Return whoever was changed after a number. None is missed: the answer's own number was read first."""
    filters = filter_parameters(query)
    wanted = {"after": query.after, "limit": CHANGES_TOLD + 1}
    with database.authenticated(principal.claims) as tx:
        seq = _newest_change(tx)
        changed = tx.all(SQL["changed"], wanted, _Changed) if seq > query.after else []
        # The second: the office was restored from a copy that is older than what the reader has.
        too_many = len(changed) > CHANGES_TOLD or query.after > seq
        ids = [] if too_many else [row.candidate_id for row in changed]
        rows = tx.all(SQL["changed_rows"], filters | {"candidate_ids": ids}, StateRow) if ids else []
        counts = _counts(tx, filters, query.today or now.date())
    fitting = {row.candidate_id for row in rows}
    return DashboardChanges(
        seq=seq,
        rows=[row.view() for row in rows],
        gone=[candidate_id for candidate_id in ids if candidate_id not in fitting],
        too_many=too_many,
        **counts,
    )


def _newest_change(tx: Transaction) -> int:
    return int(tx.value(SQL["newest_change"], {}) or 0)


def _counts(tx: Transaction, filters: dict[str, Any], today: date) -> dict[str, Any]:
    wanted = filters | {"today": today, "most_to_review": MOST_TO_REVIEW + 1}
    totals = tx.one(SQL["totals"], wanted, _Totals)
    return {**totals._asdict(), "rank_counts": tx.all(SQL["rank_counts"], {}, RankCount)}
