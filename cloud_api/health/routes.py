"""The health checks: for people and agents below ``/api``, for whoever runs containers beside it."""

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow_anyone
from cloud_api.db.pool import Database
from cloud_api.health.check import check
from cloud_api.health.ready import ReadinessCheck
from cloud_api.health.schemas import Alive, CloudHealth, Readiness

_NOT_READY = 503


def blueprint(database: Database, readiness: ReadinessCheck, version: str) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("health", __name__)

    @routes.get("/api/health")
    @allow_anyone("it tells nothing of anybody")
    @routes.output(CloudHealth)
    def health() -> CloudHealth:
        """Tell whether the cloud lives; `degraded` while the database does not answer."""
        return check(database, version)

    @routes.get("/health/live")
    @allow_anyone("it tells nothing of anybody")
    @routes.output(Alive)
    def live() -> Alive:
        """Tell that this process answers, whatever it stands on; who does not answer is started again."""
        return Alive(status="ok", version=version)

    @routes.get("/health/ready")
    @allow_anyone("it tells nothing of anybody")
    @routes.output(Readiness)
    def ready() -> tuple[Readiness, int]:
        """Tell whether this process can serve: 503, and which part is away, while it cannot."""
        found = readiness.look()
        return found, 200 if found.status == "ok" else _NOT_READY

    return routes
