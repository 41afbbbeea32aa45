"""The office's exports, read with the signed-in person's token. Implements `ports.OfficeExports`."""

import time
from collections.abc import Callable
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from agent_core.cloud.http import CloudHttp
from agent_core.cloud.people import People
from agent_core.errors import CloudError
from protocol.exports import Export, ExportPage, ExportRequest
from protocol.reasons import Reason

PAUSES_SECONDS = (0.5, 2.0)
"""How long is waited before each further try of a reading that did not get through."""

_TOKEN_REFUSED = frozenset({Reason.AUTH_TOKEN_EXPIRED, Reason.AUTH_TOKEN_INVALID, Reason.AUTH_REQUIRED})


class CloudExports:
    """Asks for exports and reads them; any thread."""

    def __init__(self, http: CloudHttp, people: People, sleep: Callable[[float], None] = time.sleep) -> None:
        """Ask this cloud as whoever is signed in."""
        self._http = http
        self._people = people
        self._sleep = sleep

    def ask(self, request: ExportRequest) -> Export:
        """Have the office fix whom an export has."""
        # Only the fields of the request itself: a subclass may have more, which are not the office's.
        body = ExportRequest(candidate_ids=request.candidate_ids, filter=request.filter)
        response = self._as_person("POST", "/api/export", body)
        try:
            return Export.model_validate_json(response.content)
        except ValidationError as error:
            raise CloudError(Reason.CLOUD_ANSWER, "Export") from error

    def page(self, export_id: UUID, after: int) -> ExportPage:
        """Read a part of an export."""
        response = self._read(f"/api/export/{export_id}/people?after={after}")
        try:
            return ExportPage.model_validate_json(response.content)
        except ValidationError as error:
            raise CloudError(Reason.CLOUD_ANSWER, "ExportPage") from error

    def resume(self, export_id: UUID, resume_id: UUID) -> bytes:
        """Read the office's copy of a resume of an export."""
        return self._read(f"/api/export/{export_id}/resumes/{resume_id}").content

    def _read(self, path: str) -> httpx.Response:
        for pause in PAUSES_SECONDS:
            try:
                return self._as_person("GET", path)
            except CloudError as error:
                if error.reason is not Reason.CLOUD_UNREACHABLE:
                    raise
            self._sleep(pause)
        return self._as_person("GET", path)

    def _as_person(self, method: str, path: str, body: BaseModel | None = None) -> httpx.Response:
        token = self._people.access_token()
        try:
            return self._http.send(method, path, body=body, token=token)
        except CloudError as error:
            if error.reason not in _TOKEN_REFUSED:
                raise
        return self._http.send(method, path, body=body, token=self._people.access_token(not_this=token))
