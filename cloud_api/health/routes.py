"""The route of the health check."""

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow_anyone
from cloud_api.db.pool import Database
from cloud_api.health.check import check
from cloud_api.health.schemas import CloudHealth


def blueprint(database: Database, version: str) -> APIBlueprint:
    """Make the route."""
    routes = APIBlueprint("health", __name__, url_prefix="/api")

    @routes.get("/health")
    @allow_anyone("it tells nothing of anybody")
    @routes.output(CloudHealth)
    def health() -> CloudHealth:
        """Tell whether the cloud lives; `degraded` while the database does not answer."""
        return check(database, version)

    return routes
