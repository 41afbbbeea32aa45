"""The settings of this computer, and the folder picker of a page without native dialogs."""

from pathlib import Path
from typing import Any

from apiflask import APIBlueprint

from agent_core.errors import FilesError
from agent_core.local_api.folders import list_folder, make_folder
from agent_core.local_api.schemas import (
    FolderListing,
    FolderQuery,
    FolderRequest,
    FolderView,
    SettingsChange,
    SettingsView,
)
from agent_core.local_api.services import Services
from agent_core.logs import set_level
from agent_core.ports import FolderState


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("preferences", __name__)

    @routes.get("/settings")
    @routes.output(SettingsView)
    def get_settings() -> SettingsView:
        """Return the settings."""
        return settings_view(services)

    @routes.patch("/settings")
    @routes.input(SettingsChange)
    @routes.output(SettingsView)
    def change_settings(json_data: SettingsChange) -> SettingsView:
        """Change those that are given."""
        if json_data.auto_start is not None:
            services.auto_start.set(json_data.auto_start)
        settings = services.settings.change(_as_written(json_data))
        set_level(settings.log_level)
        services.sending_changed()
        return settings_view(services)

    @routes.put("/settings/download-folder")
    @routes.input(FolderRequest)
    @routes.output(FolderView)
    def set_folder(json_data: FolderRequest) -> FolderView:
        """Use this folder for resumes, if it can be used."""
        view = _usable(services, Path(json_data.download_folder))
        services.settings.change({"download_folder": view.path})
        services.portal.folder_changed()
        return view

    @routes.get("/folders")
    @routes.input(FolderQuery, location="query")
    @routes.output(FolderListing)
    def get_folders(query_data: FolderQuery) -> FolderListing:
        """List the folders inside one; the person's home without a path."""
        return list_folder(query_data.path)

    @routes.post("/folders")
    @routes.input(FolderRequest)
    @routes.output(FolderView)
    def post_folder(json_data: FolderRequest) -> FolderView:
        """Make a folder inside one that is there."""
        return _usable(services, make_folder(json_data.download_folder))

    return routes


def _as_written(change: SettingsChange) -> dict[str, Any]:
    """Return what changes as the file has it: the portal's settings stand in a group of their own."""
    changes = change.model_dump(exclude_none=True)
    portal = {
        name.removeprefix("portal_"): changes.pop(name)
        for name in ("portal_concurrency", "portal_requests_per_second", "portal_tagged_pdfs")
        if name in changes
    }
    return changes | ({"portal": portal} if portal else {})


def settings_view(services: Services) -> SettingsView:
    """Return the settings as a page sees them."""
    settings = services.settings.current
    folder = folder_view(services.portal.folder()) if settings.download_folder else None
    return SettingsView(
        device_id=settings.device_id,
        api_base_url=settings.api_base_url,
        download_folder=folder,
        auto_start=settings.auto_start,
        cloud_sync_enabled=settings.cloud_sync_enabled,
        cloud_upload_resumes=settings.cloud_upload_resumes,
        log_level=settings.log_level,
        portal_concurrency=settings.portal.concurrency,
        portal_requests_per_second=settings.portal.requests_per_second,
        portal_tagged_pdfs=settings.portal.tagged_pdfs,
    )


def folder_view(state: FolderState) -> FolderView:
    """Return a folder as a page sees it."""
    return FolderView(path=state.path, free_bytes=state.free_bytes, reason=state.reason)


def _usable(services: Services, folder: Path) -> FolderView:
    state = services.files.check(folder)
    if state.reason is not None:
        raise FilesError(state.reason, "download_folder")
    return folder_view(state)
