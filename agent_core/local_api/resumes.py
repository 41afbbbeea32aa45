"""Opening resumes: from the download folder of this computer, or the office's copy."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

import structlog
from apiflask import APIBlueprint, EmptySchema
from flask import Response

from agent_core.errors import FilesError, RequestError
from agent_core.files import file_manager
from agent_core.local_api.openapi import plain_answer
from agent_core.local_api.services import Services
from agent_core.ports import KnownResume
from protocol.reasons import Reason

PDF = "application/pdf"


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("resumes", __name__)

    @routes.get("/resumes/<string:candidate_external_id>/<string:content_sha256>")
    @routes.doc(responses=plain_answer("The PDF", PDF))
    def get_resume(candidate_external_id: str, content_sha256: str) -> Response:
        """Return the PDF from the download folder, if it is still what was stored."""
        known = _known(services, candidate_external_id, content_sha256)
        data = _bytes_of(services, known)
        # On its way to the office's audit log before a byte leaves.
        services.store.resume_opened(known, services.people.user_id())
        structlog.get_logger().info("resume_opened", candidate_external_id=known.candidate_external_id)
        response = Response(data, mimetype=PDF)
        name = known.relative_path.rpartition("/")[2]
        response.headers.set("Content-Disposition", "inline", filename=name)
        return response

    @routes.get("/resumes/stored/<uuid:resume_id>")
    @routes.doc(responses=plain_answer("The PDF", PDF))
    def get_stored_resume(resume_id: UUID) -> Response:
        """Return the office's copy of a resume, if it is still what was uploaded."""
        name, data = services.stored_resumes.open(resume_id)
        response = Response(data, mimetype=PDF)
        response.headers.set("Content-Disposition", "inline", filename=name)
        return response

    @routes.post("/resumes/<string:candidate_external_id>/<string:content_sha256>/show")
    @routes.output(EmptySchema, status_code=204)
    def show_resume(candidate_external_id: str, content_sha256: str) -> str:
        """Open the computer's file manager where the PDF lies."""
        known = _known(services, candidate_external_id, content_sha256)
        try:
            path = services.files.locate(Path(known.folder), known.relative_path)
        except FilesError as error:
            raise RequestError(Reason.RESUME_NOT_HERE, error.reason.value) from error
        file_manager.show(path)
        return ""

    return routes


def _known(services: Services, candidate_external_id: str, content_sha256: str) -> KnownResume:
    known = services.store.resume_with_content(candidate_external_id, content_sha256)
    if known is None:
        raise RequestError(Reason.RESUME_NOT_HERE)
    return known


def _bytes_of(services: Services, known: KnownResume) -> bytes:
    try:
        data = services.files.read(Path(known.folder), known.relative_path)
    except FilesError as error:
        raise RequestError(Reason.RESUME_NOT_HERE, error.reason.value) from error
    if sha256(data).hexdigest() != known.file_sha256:
        raise RequestError(Reason.RESUME_NOT_HERE, "changed")
    return data
