"""Updates of the program on this computer, where it updates itself: looked at, fetched, started."""

from dataclasses import asdict

from apiflask import APIBlueprint

from agent_core import VERSION
from agent_core.local_api.services import Services
from agent_core.local_api.update_schemas import DownloadWish, RestartWish, UpdateView
from agent_core.ports import UpdateState, UpdateStatus


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("updates", __name__)
    updates = services.updates

    @routes.get("/update")
    @routes.output(UpdateView)
    def get_update() -> UpdateView:
        """Tell where updates stand."""
        return update_view(updates.status())

    @routes.post("/update/check")
    @routes.output(UpdateView)
    def check_for_update() -> UpdateView:
        """Look for a new version now, whoever is to get it first."""
        updates.check()
        return update_view(updates.status())

    @routes.post("/update/download")
    @routes.input(DownloadWish)
    @routes.output(UpdateView)
    def download_update(json_data: DownloadWish) -> UpdateView:
        """Fetch the new version or go on with it; or pause."""
        updates.download(go_on=json_data.go_on)
        return update_view(updates.status())

    @routes.post("/update/restart")
    @routes.input(RestartWish)
    @routes.output(UpdateView)
    def restart_for_update(json_data: RestartWish) -> UpdateView:
        """Start as the version that is ready: now, tonight, or whenever NjordHR is started next."""
        updates.restart(json_data.when, even_if_downloading=json_data.even_if_downloading)
        return update_view(updates.status())

    return routes


def update_view(status: UpdateStatus | None) -> UpdateView:
    """Return what the page is told."""
    if status is None:
        return UpdateView(updates_itself=False, state=UpdateState.IDLE, version=VERSION)
    told = asdict(status)
    why = told.pop("reason")
    told.pop("facts")
    return UpdateView(updates_itself=True, why=why, **told)
