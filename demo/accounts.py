"""The demo's invented offices and people. The passwords are shown to whoever starts the demo."""

from collections.abc import Mapping
from dataclasses import dataclass

from cloud_api.auth.local_accounts import create_member
from cloud_api.auth.principal import Role

OFFICE = "Fjord Crewing (demo)"
OTHER_OFFICE = "Blue Anchor Manning (demo)"


@dataclass(frozen=True)
class DemoMember:
    """An invented colleague."""

    office: str
    email: str
    full_name: str
    role: Role
    password: str

    def hint(self) -> Mapping[str, str]:
        """Return what the sign-in screen of the demo shows."""
        return {
            "email": self.email,
            "password": self.password,
            "role": self.role.value,
            "full_name": self.full_name if self.office == OFFICE else f"{self.full_name} (another office)",
        }


RECRUITER = DemoMember(
    OFFICE, "ingrid@fjord.example.com", "Ingrid Havstrøm", Role.RECRUITER, "demo-recruiter"
)
MEMBERS = (
    RECRUITER,
    DemoMember(OFFICE, "leif@fjord.example.com", "Leif Skjærholm", Role.MANAGER, "demo-manager-1"),
    DemoMember(OFFICE, "solveig@fjord.example.com", "Solveig Ørneskår", Role.ADMIN, "demo-admin-12"),
    DemoMember(OTHER_OFFICE, "nikos@anchor.example.com", "Nikos Limenidis", Role.RECRUITER, "demo-recruiter"),
)


def create_all(admin_url: str) -> None:
    """Make the offices and their people, or leave them as they are."""
    for member in MEMBERS:
        create_member(admin_url, member.office, member.email, member.full_name, member.role, member.password)
