"""Whether the cloud lives, and whether it is ready."""

from typing import Literal

from pydantic import BaseModel

Part = Literal["ok", "unavailable"]


class CloudHealth(BaseModel):
    """``status`` is ``ok`` or ``degraded``."""

    status: str
    version: str
    protocol: int
    database: str


class Alive(BaseModel):
    """The process answers; what it stands on is `Readiness`."""

    status: Literal["ok"]
    version: str


class Readiness(BaseModel):
    """Whether requests can be served, and which part stands in the way.

    Attributes:
        migrations: ``missing`` while the database has not all migrations of this version; a newer one is ok.
        objects: the file store.
    """

    status: Literal["ok", "not-ready"]
    version: str
    database: Part
    migrations: Literal["ok", "missing", "unknown"]
    objects: Part
