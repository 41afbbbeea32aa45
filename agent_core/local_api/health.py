"""How this computer is: its office, what waits to be sent, whether secrets are kept."""

from apiflask import APIBlueprint

from agent_core import VERSION
from agent_core.cloud.http import UNREACHED
from agent_core.local_api.pairing import pairing_view
from agent_core.local_api.schemas import Health, OutboxCounts
from agent_core.local_api.services import Services
from agent_core.ports import OutboxNumbers
from protocol.reasons import Reason


def blueprint(services: Services) -> APIBlueprint:
    """Make the route."""
    routes = APIBlueprint("health", __name__)

    @routes.get("/health")
    @routes.output(Health)
    def health() -> Health:
        """Tell how this computer is."""
        enabled = services.settings.current.cloud_sync_enabled
        return Health(
            status="ok",
            agent_version=VERSION,
            pairing=pairing_view(services),
            cloud=cloud_word(enabled, services.cloud.is_reachable),
            cloud_reason=cloud_reason(enabled, services.cloud.is_reachable, services.relay.status.reason),
            records_reason=services.store.records.trouble,
            last_sync_at=services.relay.status.last_sync_at,
            outbox=counts(services),
            secrets_are_kept=services.secrets.are_kept,
            native_dialogs=services.window.is_there,
            running_job_id=services.portal.running_job_id,
            is_held=services.is_held(),
        )

    return routes


def cloud_word(enabled: bool, is_reachable: bool | None) -> str:
    """Return the word for how the cloud is, as the page is told it."""
    if not enabled:
        return "off"
    if is_reachable is None:
        return "unknown"
    return "reachable" if is_reachable else "unreachable"


def cloud_reason(enabled: bool, is_reachable: bool | None, sending: Reason | None) -> Reason | None:
    """Return why nothing reaches the cloud; nothing when all is well."""
    if not enabled:
        return Reason.CLOUD_SYNC_OFF
    if is_reachable is False:
        return sending if sending in UNREACHED else Reason.CLOUD_UNREACHABLE
    return None if sending in UNREACHED else sending


def counts(services: Services) -> OutboxCounts:
    """Count what waits; uploads only while they are switched on."""
    numbers: OutboxNumbers = services.store.outbox.numbers()
    uploading = services.settings.current.cloud_upload_resumes
    return OutboxCounts(
        waiting=numbers.waiting,
        parked=numbers.parked,
        uploads_waiting=numbers.uploads_waiting if uploading else 0,
    )
