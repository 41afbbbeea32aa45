"""The dashboard's data: always four queries on the table of current state, however many events there are."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.dashboard.schemas import DashboardData, DashboardQuery, DashboardRow, RankCount
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.search_text import search_text
from protocol.candidates import ARCHIVE_STATUSES, CandidateStatus, next_statuses

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
    touched_by: str
    touched_at: datetime
    version: int

    def view(self) -> DashboardRow:
        """Return it as the table shows it, with the steps that anyone may take."""
        return DashboardRow(**self.model_dump(), allowed_statuses=next_statuses(self.status))


class _Totals(NamedTuple):
    total: int
    to_review: int


def data(database: Database, principal: Principal, query: DashboardQuery) -> DashboardData:
    """Return one page, newest touch first, with the counts beside it."""
    filters = filter_parameters(query)
    after = decode(query.cursor)
    place = {"after_at": after and after.moment, "after_id": after and after.row_id, "limit": query.limit + 1}
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(SQL["page"], filters | place, StateRow)
        totals = tx.one(SQL["totals"], filters, _Totals)
        counts = tx.all(SQL["rank_counts"], {}, RankCount)
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return DashboardData(
        rows=[row.view() for row in shown],
        next_cursor=encode(Position(shown[-1].touched_at, shown[-1].candidate_id)) if more else None,
        total=totals.total,
        to_review=totals.to_review,
        rank_counts=counts,
    )


def filter_parameters(query: DashboardQuery) -> dict[str, Any]:
    """Return what the queries filter by. A status says by itself whether the Archive is meant."""
    if query.status:
        statuses = [query.status.value]
    else:
        statuses = [
            status.value for status in CandidateStatus if (status in ARCHIVE_STATUSES) is query.archive
        ]
    return {"rank": query.rank, "country": query.country, "statuses": statuses, "q": search_text(query.q)}
