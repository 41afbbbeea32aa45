"""The office's copies of resumes: the cloud's link is followed here, since the page loads from nowhere else.

What comes is checked against what was uploaded before a byte of it is shown.
"""

from hashlib import sha256
from uuid import UUID

from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.store_links import fetch
from agent_core.errors import CloudError
from protocol.reasons import Reason
from protocol.resumes import ResumeLink


class StoredResumes:
    """Opens the office's copies; any thread."""

    def __init__(self, cloud: PersonHttp) -> None:
        """Ask this cloud as whoever is signed in."""
        self._cloud = cloud

    def open(self, resume_id: UUID) -> tuple[str, bytes]:
        """Return the file name and the bytes of a resume; the office has it in its audit log by then.

        Raises:
            CloudError: there is no copy, it is not what was uploaded, or it cannot be had now.
        """
        link = self._cloud.call("GET", f"/api/resumes/{resume_id}/link", ResumeLink)
        data = fetch(self._cloud.http, link.url)
        if sha256(data).hexdigest() != link.file_sha256:
            raise CloudError(Reason.RESUME_LOST_IN_STORE)
        return link.filename, data
