"""Routes of the resumes' bytes: links for uploading and opening, and the folder store's own objects."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from cloud_api.auth.guard import allow, allow_anyone, current_device, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.errors import InvalidRequest
from cloud_api.resumes import cloud_copy, late
from cloud_api.resumes import open as opening
from cloud_api.resumes.disposition import inline_as
from cloud_api.resumes.folder_store import DIGEST_HEADER, FolderStore
from cloud_api.resumes.object_store import ObjectDigest, ObjectStore
from cloud_api.resumes.schemas import CloudCopy, LateQuery, LateUploads
from cloud_api.resumes.upload import Uploads
from protocol.reasons import Reason
from protocol.resumes import ResumeLink, UploadConfirmed, UploadLink, UploadRequest

Clock = Callable[[], datetime]
_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_STORED: _Responses = {204: {"description": "Stored whole", "content": {}}}
_FILE: _Responses = {200: {"description": "The file", "content": {"application/pdf": _BINARY}}}


def blueprint(database: Database, store: ObjectStore, uploads: Uploads, clock: Clock) -> APIBlueprint:
    """Make the routes of links."""
    routes = APIBlueprint("resumes", __name__, url_prefix="/api/resumes")
    _add_uploads(routes, database, uploads, clock)

    @routes.get("/<uuid:resume_id>/link")
    @allow(Action.RESUME_OPEN)
    @routes.output(ResumeLink)
    def make_open_link(resume_id: UUID) -> ResumeLink:
        """Give out a link to a resume, good for a minute; it is in the audit log first."""
        return opening.open_link(database, store, current_principal(), resume_id, clock())

    @routes.get("/<uuid:resume_id>/cloud-copy")
    @allow(Action.RESUME_OPEN)
    @routes.output(CloudCopy)
    def look_at_copy(resume_id: UUID) -> CloudCopy:
        """Say whether the office has a copy of a resume, or how the wish for one stands."""
        return cloud_copy.look(database, store, current_principal(), resume_id)

    @routes.post("/<uuid:resume_id>/cloud-copy")
    @allow(Action.RESUME_ASK)
    @routes.output(CloudCopy)
    def ask_for_copy(resume_id: UUID) -> CloudCopy:
        """Have the computer that has a resume upload it when it reports next."""
        return cloud_copy.ask(database, store, current_principal(), resume_id)

    return routes


def _add_uploads(routes: APIBlueprint, database: Database, uploads: Uploads, clock: Clock) -> None:
    @routes.post("/upload-link")
    @allow(Action.RESUME_UPLOAD)
    @routes.input(UploadRequest)
    @routes.output(UploadLink)
    def make_upload_link(json_data: UploadRequest) -> UploadLink:
        """Say where to put a resume's bytes, or that the office has them or compares them right now."""
        return uploads.link(current_device(), json_data)

    @routes.post("/uploaded")
    @allow(Action.RESUME_UPLOAD)
    @routes.input(UploadRequest)
    @routes.output(UploadConfirmed)
    def confirm_upload(json_data: UploadRequest) -> UploadConfirmed:
        """Say that the bytes were put; the office reads them back and compares them after this answer."""
        return uploads.confirm(current_device(), json_data)

    @routes.get("/uploads/late")
    @allow(Action.UPLOAD_WATCH)
    @routes.input(LateQuery, location="query")
    @routes.output(LateUploads)
    def late_uploads(query_data: LateQuery) -> LateUploads:
        """List what should be in the store for so long already."""
        return late.late(database, current_principal(), clock(), query_data.minutes, query_data.limit)


def objects_blueprint(store: FolderStore, clock: Clock, max_bytes: int) -> APIBlueprint:
    """Make the routes that serve the folder store's signed links."""
    routes = APIBlueprint("objects", __name__, url_prefix="/api/objects")

    @routes.put("/<path:key>")
    @allow_anyone("the signed link says what may be put")
    @routes.doc(responses=_STORED)
    def put_object(key: str) -> Response:
        """Take exactly the bytes that the link was signed for."""
        length, sha256 = request.content_length, request.headers.get(DIGEST_HEADER, "")
        store.signer.check(
            _argument("signature"), clock(), "PUT", key, _argument("expires"), str(length), sha256
        )
        if length is None or length > max_bytes:
            raise InvalidRequest(Reason.REQUEST_INVALID, "Content-Length")
        request.max_content_length = max_bytes
        store.put(key, request.stream, ObjectDigest(sha256, length))
        return Response(status=204)

    @routes.get("/<path:key>")
    @allow_anyone("the signed link says what may be read")
    @routes.doc(responses=_FILE)
    def get_object(key: str) -> Response:
        """Give the file that the link was signed for."""
        filename = _argument("filename")
        store.signer.check(_argument("signature"), clock(), "GET", key, _argument("expires"), filename)
        response = Response(store.get(key), mimetype="application/pdf")
        response.headers["Content-Disposition"] = inline_as(filename)
        return response

    return routes


def _argument(name: str) -> str:
    return request.args.get(name, "")
