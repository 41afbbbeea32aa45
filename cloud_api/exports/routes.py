"""Routes of exports."""

from collections.abc import Callable
from datetime import UTC
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.exports import make, read, zip_stream
from cloud_api.exports.read import Objects
from cloud_api.exports.schemas import PeopleQuery
from protocol.exports import Export, ExportPage, ExportRequest

_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_ZIP: _Responses = {200: {"description": "The ZIP, as a stream", "content": {zip_stream.ZIP: _BINARY}}}
_PDF: _Responses = {
    200: {"description": "The PDF", "content": {"application/pdf": _BINARY}},
    302: {"description": "A link to the PDF in the office's store, good for a minute", "content": {}},
}
Links = Callable[[str, str], str]


def blueprint(
    database: Database, objects: Objects, links: Links | None, sender: zip_stream.ZipSender
) -> APIBlueprint:
    """Make the routes.

    Args:
        database: where exports are.
        objects: the office's file store.
        links: makes links straight to the store for a key and a file name; absent for the store of one
            machine, whose bytes this API gives itself.
        sender: sends ZIPs.
    """
    routes = APIBlueprint("exports", __name__, url_prefix="/api/export")

    @routes.post("")
    @allow(Action.EXPORT)
    @routes.input(ExportRequest)
    @routes.output(Export, status_code=201)
    def make_export(json_data: ExportRequest) -> Export:
        """Fix whom an export has; it is in the audit log before anything of it can be read."""
        return make.make(database, current_principal(), json_data)

    @routes.get("/<uuid:export_id>/people")
    @allow(Action.EXPORT)
    @routes.input(PeopleQuery, location="query")
    @routes.output(ExportPage)
    def export_people(export_id: UUID, query_data: PeopleQuery) -> ExportPage:
        """Read a part of an export, and where the resumes of its people are."""
        return read.page(database, current_principal(), export_id, query_data.after, query_data.limit)

    @routes.get("/<uuid:export_id>/resumes/<uuid:resume_id>")
    @allow(Action.EXPORT)
    @routes.doc(responses=_PDF)
    def export_resume(export_id: UUID, resume_id: UUID) -> Response:
        """Read the office's copy of a resume of an export, or hear where in the store it is."""
        stored = read.cloud_copy(database, current_principal(), export_id, resume_id)
        if links is not None:
            return Response(status=302, headers={"Location": links(stored.storage_path, stored.filename)})
        return Response(read.checked_bytes(objects, stored), mimetype="application/pdf")

    @routes.get("/<uuid:export_id>/zip")
    @allow(Action.EXPORT)
    @routes.doc(responses=_ZIP)
    def export_zip(export_id: UUID) -> Response:
        """Read an export as a ZIP of the table, the resumes that the office has, and what is missing."""
        principal = current_principal()
        made = sender.begin(principal, export_id)
        body = sender.send(principal, made)
        response = Response(body, mimetype=zip_stream.ZIP)
        if made.length is not None:
            response.content_length = made.length
        name = f"NjordHR_export_{made.created_at.astimezone(UTC):%Y-%m-%d_%H%M}.zip"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return routes
