"""Native dialogs for the page: it asks its agent, which asks the window (ADR 0013)."""

from apiflask import APIBlueprint

from agent_core.local_api.schemas import ChosenFolder
from agent_core.local_api.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """Make the route."""
    routes = APIBlueprint("dialogs", __name__)

    @routes.post("/dialogs/folder")
    @routes.output(ChosenFolder)
    def choose_folder() -> ChosenFolder:
        """Let the person choose a folder in the system's own dialog; answered when it is closed."""
        return ChosenFolder(path=services.window.choose_folder(services.settings.current.download_folder))

    return routes
