"""How a page gets in: the launch code of its address is exchanged for a session token, once."""

from apiflask import APIBlueprint

from agent_core.errors import RequestError
from agent_core.local_api.schemas import LaunchExchange, LocalSession
from agent_core.local_api.services import Services
from protocol.reasons import Reason


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("launch", __name__)

    @routes.post("/launch/exchange")
    @routes.input(LaunchExchange)
    @routes.output(LocalSession)
    def exchange(json_data: LaunchExchange) -> LocalSession:
        """Use a launch code up and get a session token."""
        if not services.codes.use_up(json_data.code):
            raise RequestError(Reason.AGENT_LAUNCH_CODE)
        return _session(services)

    @routes.post("/launch/renew")
    @routes.output(LocalSession)
    def renew() -> LocalSession:
        """Get a new session token before the old one ends."""
        return _session(services)

    return routes


def _session(services: Services) -> LocalSession:
    token, until = services.tokens.issue()
    return LocalSession(session_token=token, expires_at=until)
