"""Reading how updates of the office's computers ended."""

from cloud_api.auth.principal import Principal
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.updates.schemas import UpdateOutcome, UpdateOutcomePage, UpdateOutcomesQuery

SQL = NamedQueries("cloud_api.updates", "updates.sql")


def outcomes(database: Database, principal: Principal, query: UpdateOutcomesQuery) -> UpdateOutcomePage:
    """Return a page of how updates ended, newest first.

    Raises:
        InvalidRequest: the cursor is none of this list.
    """
    after = decode(query.cursor)
    params = {
        "device_id": query.device_id,
        "after_at": after and after.moment,
        "after_id": after and after.row_id,
        "limit": query.limit + 1,
    }
    with database.authenticated(principal.claims) as tx:
        found = tx.all(SQL["outcomes"], params, UpdateOutcome)
    shown = found[: query.limit]
    if len(found) <= query.limit:
        return UpdateOutcomePage(items=shown)
    last = shown[-1]
    return UpdateOutcomePage(items=shown, next_cursor=encode(Position(last.ended_at, last.outcome_id)))
