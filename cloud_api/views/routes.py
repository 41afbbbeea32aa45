"""Routes of the saved views."""

from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.views import keep
from cloud_api.views.schemas import SavedView, SavedViews, ViewRequest


def blueprint(database: Database) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("views", __name__, url_prefix="/api/views")

    @routes.get("")
    @allow(Action.VIEW_KEEP)
    @routes.output(SavedViews)
    def saved_views() -> SavedViews:
        """Read one's own views, by name."""
        return keep.views(database, current_principal())

    @routes.post("")
    @allow(Action.VIEW_KEEP)
    @routes.input(ViewRequest)
    @routes.output(SavedView)
    def keep_view(json_data: ViewRequest) -> SavedView:
        """Keep filters under a name; a view of the same name is replaced."""
        return keep.keep(database, current_principal(), json_data)

    @routes.delete("/<uuid:view_id>")
    @allow(Action.VIEW_KEEP)
    @routes.output(EmptySchema, status_code=204)
    def drop_view(view_id: UUID) -> str:
        """Forget a view."""
        keep.drop(database, current_principal(), view_id)
        return ""

    return routes
