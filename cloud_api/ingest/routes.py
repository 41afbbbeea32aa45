"""`POST /api/events/candidate`: what agents and people report."""

from apiflask import APIBlueprint

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.ingest.accept import accept
from protocol.ingest import IngestBatch, IngestResult


def blueprint(database: Database) -> APIBlueprint:
    """Return the slice's routes."""
    routes = APIBlueprint("ingest", __name__, url_prefix="/api/events", tag="Ingest")

    @routes.post("/candidate")
    @allow(Action.EVENTS_SEND)
    @routes.input(IngestBatch, arg_name="batch")
    @routes.output(IngestResult)
    def accept_candidate_events(batch: IngestBatch) -> IngestResult:
        """Record a batch of events; each gets its verdict."""
        return accept(database, current_principal(), batch)

    return routes
