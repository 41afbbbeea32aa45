"""Keeping, reading and dropping a person's own views."""

from uuid import UUID

from psycopg.types.json import Jsonb

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.errors import InvalidRequest, NotFound
from cloud_api.views.schemas import SavedView, SavedViews, ViewRequest
from protocol.reasons import Reason

MOST = 100
"""The most views of one person."""

_SQL = NamedQueries("cloud_api.views", "views.sql")


def views(database: Database, principal: Principal) -> SavedViews:
    """Return the person's views, by name."""
    with database.authenticated(principal.claims) as tx:
        return SavedViews(views=tx.all(_SQL["views"], {}, SavedView))


def keep(database: Database, principal: Principal, wanted: ViewRequest) -> SavedView:
    """Keep a view; sent twice it is kept once.

    Raises:
        InvalidRequest: the person has the most views already.
    """
    mine = {"organisation_id": principal.organisation_id, "user_id": principal.user_id}
    view = {"name": wanted.name, "filters": Jsonb(wanted.filters.model_dump(mode="json")), "most": MOST}
    with database.authenticated(principal.claims) as tx:
        kept = tx.maybe(_SQL["keep"], mine | view, SavedView)
    if kept is None:
        raise InvalidRequest(Reason.VIEWS_TOO_MANY)
    return kept


def drop(database: Database, principal: Principal, view_id: UUID) -> None:
    """Forget a view.

    Raises:
        NotFound: the person has no such view.
    """
    with database.authenticated(principal.claims) as tx:
        if tx.run(_SQL["drop"], {"view_id": view_id}) == 0:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
