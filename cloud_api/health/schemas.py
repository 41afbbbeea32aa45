"""Whether the cloud lives."""

from pydantic import BaseModel


class CloudHealth(BaseModel):
    """``status`` is ``ok`` or ``degraded``."""

    status: str
    version: str
    protocol: int
    database: str
