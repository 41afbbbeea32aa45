"""What waits to be sent, and trying again what was parked."""

from uuid import UUID

from apiflask import APIBlueprint

from agent_core.local_api.health import counts
from agent_core.local_api.schemas import OutboxItem, OutboxView
from agent_core.local_api.services import Services

MOST_SHOWN = 200


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("outbox", __name__)

    @routes.get("/outbox")
    @routes.output(OutboxView)
    def get_outbox() -> OutboxView:
        """Show what waits or is parked, without its contents."""
        return _view(services)

    @routes.post("/outbox/<uuid:event_id>/retry")
    @routes.output(OutboxView)
    def retry(event_id: UUID) -> OutboxView:
        """Try a record again at once."""
        services.store.outbox.retry(event_id)
        return _view(services)

    return routes


def _view(services: Services) -> OutboxView:
    rows = services.store.outbox.items(MOST_SHOWN)
    items = [
        OutboxItem(
            event_id=row.event_id,
            type=row.type,
            occurred_at=row.occurred_at,
            attempts=row.attempts,
            parked=row.parked,
            reason=row.reason,
            detail=row.detail,
            next_attempt_at=row.next_attempt_at,
        )
        for row in rows
    ]
    return OutboxView(counts=counts(services), items=items)
