"""Who asks: a person with a role in an office, or a computer on behalf of its person."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cloud_api.db.unit_of_work import Claims


class Role(StrEnum):
    """What a member of an office is there."""

    ADMIN = "admin"
    MANAGER = "manager"
    RECRUITER = "recruiter"


@dataclass(frozen=True)
class Person:
    """A signed-in member of an office; ``address`` and ``trace_id`` say from where and in which request."""

    user_id: UUID
    organisation_id: UUID
    organisation_name: str
    email: str
    full_name: str
    role: Role
    address: str = ""
    trace_id: str = ""

    @property
    def claims(self) -> Claims:
        """What the database is told."""
        return Claims(self.user_id, address=self.address, trace_id=self.trace_id)


@dataclass(frozen=True)
class Device:
    """A connected computer; ``user_id`` is the member who connected it, the rest as a person's."""

    device_id: UUID
    organisation_id: UUID
    user_id: UUID
    address: str = ""
    trace_id: str = ""

    @property
    def claims(self) -> Claims:
        """What the database is told."""
        return Claims(self.user_id, self.device_id, self.address, self.trace_id)


Principal = Person | Device
