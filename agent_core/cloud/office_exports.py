"""The office's exports, read as the signed-in person. Implements `ports.OfficeExports`."""

import time
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.http import UNREACHED
from agent_core.cloud.store_links import fetch
from agent_core.errors import CloudError
from protocol.exports import Export, ExportPage, ExportRequest

PAUSES_SECONDS = (0.5, 2.0)
"""How long is waited before each further try of a reading that did not get through."""

Result = TypeVar("Result")


class CloudExports:
    """Asks for exports and reads them; any thread."""

    def __init__(self, cloud: PersonHttp, sleep: Callable[[float], None] = time.sleep) -> None:
        """Ask this cloud as whoever is signed in."""
        self._cloud = cloud
        self._sleep = sleep

    def ask(self, request: ExportRequest) -> Export:
        """Have the office fix whom an export has."""
        # Only the fields of the request itself: a subclass may have more, which are not the office's.
        body = ExportRequest(candidate_ids=request.candidate_ids, filter=request.filter)
        return self._cloud.call("POST", "/api/export", Export, body)

    def page(self, export_id: UUID, after: int) -> ExportPage:
        """Read a part of an export."""
        path = f"/api/export/{export_id}/people?after={after}"
        return self._read(lambda: self._cloud.call("GET", path, ExportPage))

    def resume(self, export_id: UUID, resume_id: UUID) -> bytes:
        """Read the office's copy of a resume of an export: from its store, where the cloud says so."""
        path = f"/api/export/{export_id}/resumes/{resume_id}"
        return self._read(lambda: self._bytes(path))

    def _bytes(self, path: str) -> bytes:
        response = self._cloud.send("GET", path)
        if response.has_redirect_location:
            return fetch(self._cloud.http, response.headers["Location"])
        return response.content

    def _read(self, ask: Callable[[], Result]) -> Result:
        for pause in PAUSES_SECONDS:
            try:
                return ask()
            except CloudError as error:
                if error.reason not in UNREACHED:
                    raise
            self._sleep(pause)
        return ask()
