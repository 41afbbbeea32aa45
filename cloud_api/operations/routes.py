"""The route of the operations page."""

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.operations import read
from cloud_api.operations.schemas import OperationsQuery, OperationsView


def blueprint(database: Database) -> APIBlueprint:
    """Make the route."""
    routes = APIBlueprint("operations", __name__, url_prefix="/api/operations")

    @routes.get("")
    @allow(Action.OPERATIONS_READ)
    @routes.input(OperationsQuery, location="query")
    @routes.output(OperationsView)
    def operations(query_data: OperationsQuery) -> OperationsView:
        """Read how the office's computers stand, and why downloads of the last days failed."""
        return read.view(database, current_principal(), query_data.days)

    return routes
