"""A second start of the program shows the window of the first (`agent_core.runtime.second_start`)."""

from apiflask import APIBlueprint, EmptySchema

from agent_core.errors import RequestError
from agent_core.local_api.schemas import Knock
from agent_core.local_api.services import Services
from agent_core.runtime.second_start import is_knock
from protocol.reasons import Reason


def blueprint(services: Services) -> APIBlueprint:
    """Make the route. It takes a knock instead of a session, for whoever starts a second time has none."""
    routes = APIBlueprint("window", __name__)

    @routes.post("/window/show")
    @routes.input(Knock)
    @routes.output(EmptySchema, status_code=204)
    def show(json_data: Knock) -> str:
        """Bring the window up for somebody who can write into the agent's own folder."""
        if not is_knock(services.data_dir, json_data.knock):
            raise RequestError(Reason.AGENT_SESSION_REQUIRED)
        services.window.bring_up()
        return ""

    return routes
