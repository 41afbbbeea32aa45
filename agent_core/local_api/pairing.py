"""Joining and leaving an office."""

import platform

from apiflask import APIBlueprint

from agent_core.local_api.schemas import PairingRequest, PairingView
from agent_core.local_api.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("pairing", __name__)

    @routes.get("/pairing")
    @routes.output(PairingView)
    def get_pairing() -> PairingView:
        """Tell whether this computer belongs to an office, and to which."""
        return pairing_view(services)

    @routes.post("/pairing")
    @routes.input(PairingRequest)
    @routes.output(PairingView)
    def pair(json_data: PairingRequest) -> PairingView:
        """Join the office whose person made this code."""
        name = json_data.device_name.strip() or platform.node() or "This computer"
        services.pairing.pair(json_data.pairing_code.strip(), name, services.platform)
        services.sending_changed()
        return pairing_view(services)

    @routes.delete("/pairing")
    @routes.output(PairingView)
    def unpair() -> PairingView:
        """Leave the office; what waits to be sent is kept."""
        services.pairing.unpair()
        services.sending_changed()
        return pairing_view(services)

    return routes


def pairing_view(services: Services) -> PairingView:
    """Tell whether this computer belongs to an office, and to which."""
    office = services.pairing.office()
    paired = services.pairing.token() is not None
    return PairingView(
        paired=paired,
        device_id=services.settings.current.device_id if paired else None,
        organisation_name=office.organisation_name,
        user_email=office.user_email,
    )
