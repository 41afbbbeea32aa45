"""Exports: made with this computer's files first, saved in the window or fetched by the browser."""

from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from apiflask import APIBlueprint, EmptySchema
from flask import Response, request

from agent_core.errors import RequestError
from agent_core.files import file_manager
from agent_core.files.exports import with_ending
from agent_core.local_api.export_schemas import (
    ExportTicket,
    ExportView,
    LocalExportRequest,
    MissingGroup,
    SaveWay,
)
from agent_core.local_api.guard import bearer
from agent_core.local_api.openapi import plain_answer
from agent_core.local_api.services import Services
from agent_core.local_api.tickets import Tickets
from agent_core.runtime.exports import Shown
from protocol.export_archive import Missing
from protocol.reasons import Reason

ZIP = "application/zip"


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("exports", __name__)
    _making(routes, services)
    _fetching(routes, services, Tickets(services.steady, services.tokens.is_good))
    return routes


def _making(routes: APIBlueprint, services: Services) -> None:
    exports = services.exports

    @routes.post("/exports")
    @routes.input(LocalExportRequest)
    @routes.output(ExportView, status_code=201)
    def make_export(json_data: LocalExportRequest) -> ExportView:
        """Begin an export; with the window's dialog, when the person has chosen where it goes."""
        exports.must_be_free()
        target = None
        if json_data.save is SaveWay.DIALOG:
            chosen = services.window.choose_save_file("", exports.file_name())
            if chosen is None:
                raise RequestError(Reason.EXPORT_CANCELLED)
            target = with_ending(Path(chosen))
        return view(exports.begin(json_data, target))

    @routes.get("/exports/<uuid:export_id>")
    @routes.output(ExportView)
    def get_export(export_id: UUID) -> ExportView:
        """Look how an export stands."""
        return view(exports.look(export_id))

    @routes.post("/exports/<uuid:export_id>/cancel")
    @routes.output(ExportView)
    def cancel_export(export_id: UUID) -> ExportView:
        """Cancel an export; nothing of it is saved."""
        return view(exports.cancel(export_id))

    @routes.post("/exports/<uuid:export_id>/show")
    @routes.output(EmptySchema, status_code=204)
    def show_export(export_id: UUID) -> str:
        """Open the computer's file manager where the export was saved."""
        shown = exports.look(export_id)
        if shown.saved_as is None or not shown.saved_as.is_file():
            raise RequestError(Reason.REQUEST_NOT_FOUND)
        file_manager.show(shown.saved_as)
        return ""


def _fetching(routes: APIBlueprint, services: Services, tickets: Tickets) -> None:
    exports = services.exports

    @routes.post("/exports/<uuid:export_id>/ticket")
    @routes.output(ExportTicket, status_code=201)
    def make_ticket(export_id: UUID) -> ExportTicket:
        """Get an address that gives the finished export to the browser, once, within half a minute."""
        shown = exports.look(export_id)
        ticket, until = tickets.issue(export_id, bearer(request.headers.get("Authorization", "")))
        url = f"/exports/{export_id}/file?{urlencode({'ticket': ticket})}"
        return ExportTicket(url=url, file_name=shown.file_name, expires_at=until)

    @routes.get("/exports/<uuid:export_id>/file")
    @routes.doc(responses=plain_answer("The ZIP", ZIP))
    def fetch_export(export_id: UUID) -> Response:
        """Give the finished export to whoever has a ticket for it."""
        if not tickets.use_up(request.args.get("ticket", ""), export_id):
            raise RequestError(Reason.EXPORT_TICKET)
        length, pieces = exports.hand_out(export_id)
        response = Response(pieces, mimetype=ZIP)
        response.content_length = length
        response.headers.set("Content-Disposition", "attachment", filename=exports.look(export_id).file_name)
        return response


def view(shown: Shown) -> ExportView:
    """Return an export as a page sees it."""
    progress = shown.progress
    is_saved = progress.state.value == "done" and shown.saved_as is not None
    return ExportView(
        export_id=shown.export_id,
        state=progress.state,
        save=SaveWay.BROWSER if shown.saved_as is None else SaveWay.DIALOG,
        people=progress.people,
        done=progress.done,
        resumes=progress.resumes,
        missing=progress.missing_count,
        length=progress.length,
        file_name=shown.file_name,
        saved_as=str(shown.saved_as) if is_saved else None,
        sentence=progress.sentence,
        reason=progress.reason,
        missing_groups=[
            MissingGroup(
                reason=reason,
                device_name=device_name,
                people=people,
                why=Missing(reason, device_name).why,
                what_to_do=reason.next_step,
            )
            for (reason, device_name), people in progress.missing.items()
        ],
    )
