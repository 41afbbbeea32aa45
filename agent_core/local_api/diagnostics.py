"""The log and the diagnostics bundle: shown, saved where the person wants it, or handed to a page."""

import platform
import shutil
import sys
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint, EmptySchema
from flask import Response

from agent_core import VERSION
from agent_core.errors import FilesError
from agent_core.files import file_manager
from agent_core.files.atomic import write_whole
from agent_core.local_api.openapi import plain_answer
from agent_core.local_api.services import Services
from agent_core.local_api.status import auto_start_view
from agent_core.local_api.status_schemas import DiagnosticsSaved
from agent_core.logs import log_bytes, log_texts
from agent_core.store.tallies import tallies
from agent_core.support.bundle import MEDIA_TYPE, Findings, file_name, make_bundle
from protocol.reasons import Reason


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("diagnostics", __name__)

    @routes.get("/diagnostics")
    @routes.doc(responses=plain_answer("The ZIP", MEDIA_TYPE))
    def get_diagnostics() -> Response:
        """Return the bundle, with nothing personal in it."""
        response = Response(make_bundle(findings(services)), mimetype=MEDIA_TYPE)
        response.headers.set("Content-Disposition", "attachment", filename=file_name(services.clock()))
        response.headers["Cache-Control"] = "no-store"
        return response

    @routes.post("/logs/show")
    @routes.output(EmptySchema, status_code=204)
    def show_logs() -> str:
        """Open the computer's file manager where the log is."""
        file_manager.show(services.data_dir / "logs")
        return ""

    @routes.post("/diagnostics/save")
    @routes.output(DiagnosticsSaved)
    def save_diagnostics() -> DiagnosticsSaved:
        """Save the bundle where the person says in the system's dialog; answered when it is written."""
        chosen = services.window.choose_save_file("", file_name(services.clock()))
        if chosen is None:
            return DiagnosticsSaved(path=None)
        try:
            write_whole(Path(chosen), make_bundle(findings(services)))
        except OSError as error:
            raise FilesError(Reason.DIAGNOSTICS_NOT_SAVED, type(error).__name__) from error
        return DiagnosticsSaved(path=chosen)

    return routes


def findings(services: Services) -> Findings:
    """Look at this computer."""
    with services.store.records.read() as connection:
        counts = tallies(connection)
    logs = log_texts(services.data_dir / "logs")
    return Findings(about=_about(services), settings=services.settings.current, counts=counts, logs=logs)


def _about(services: Services) -> dict[str, Any]:
    browser, settings = services.browser.report(), services.settings.current
    folder = services.portal.folder()
    return {
        "njordhr": VERSION,
        "packaged": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "browser": {
            "name": browser.name,
            "version": browser.version,
            "driver_version": browser.driver_version,
            "reason": browser.reason,
        },
        "keyring": services.secrets.place,
        "secrets_are_kept": services.secrets.are_kept,
        "auto_start": auto_start_view(services.auto_start, wanted=settings.auto_start).model_dump(
            mode="json"
        ),
        "window": services.window.is_there,
        "portal_session": services.portal.session().state,
        "download_folder": {"free_bytes": folder.free_bytes, "reason": folder.reason},
        "free_bytes_of_records": shutil.disk_usage(services.data_dir).free,
        "log_bytes": log_bytes(services.data_dir / "logs"),
        "cloud_is_reachable": services.cloud.is_reachable,
        "last_cloud_contact_at": _text(services.cloud.last_contact_at),
        "last_sync_at": _text(services.relay.status.last_sync_at),
        "sending_stopped_by": services.relay.status.reason,
        "made_at": _text(services.clock()),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
