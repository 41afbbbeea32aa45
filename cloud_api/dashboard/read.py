"""The dashboard's data: always four queries on the table of current state, however many events there are."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.dashboard.schemas import DashboardData, DashboardQuery, DashboardRow, RankCount
from cloud_api.db.candidate_filter import filter_parameters
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from protocol.candidates import CandidateStatus, next_statuses

CALL_BACKS_SHOWN = 500
"""The most call-backs of one person that are shown; nobody has more in mind."""

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
        if query.call_backs:
            rows = tx.all(SQL["call_backs"], filters | {"limit": CALL_BACKS_SHOWN}, StateRow)
        else:
            rows = tx.all(SQL["page"], filters | place, StateRow)
        totals = tx.one(SQL["totals"], filters | {"today": query.today or now.date()}, _Totals)
        counts = tx.all(SQL["rank_counts"], {}, RankCount)
    shown = rows if query.call_backs else rows[: query.limit]
    more = len(rows) > len(shown)
    return DashboardData(
        rows=[row.view() for row in shown],
        next_cursor=encode(Position(shown[-1].touched_at, shown[-1].candidate_id)) if more else None,
        total=totals.total,
        to_review=totals.to_review,
        my_call_backs=totals.my_call_backs,
        call_backs_due=totals.call_backs_due,
        rank_counts=counts,
    )
