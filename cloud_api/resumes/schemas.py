"""Opening a resume. Uploading is in `protocol.resumes`."""

from datetime import datetime

from pydantic import BaseModel


class ResumeLink(BaseModel):
    """A link to the bytes, good for a minute at most; handing it out is in the audit log."""

    url: str
    filename: str
    expires_at: datetime
