"""Deleting people in a real database: the idle, rules about them, holds, a file store that can be away."""

from typing import Any, Protocol
from uuid import UUID

from cloud_api.auth.principal import Device, Person
from cloud_api.errors import Unavailable
from protocol.events import ResumeOpened, ResumeOpenedEvent
from protocol.reasons import Reason
from tests.support.office import AT, World, content, downloaded, verified


class Office(Protocol):
    """Who is needed of an office."""

    @property
    def recruiter(self) -> Person: ...

    @property
    def admin(self) -> Person: ...

    @property
    def device(self) -> Device: ...


class Bucket:
    """A file store that remembers what was removed, and can be away."""

    def __init__(self) -> None:
        self.removed: list[str] = []
        self.is_away = False

    def remove(self, key: str) -> None:
        if self.is_away:
            raise Unavailable(Reason.STORE_UNAVAILABLE)
        self.removed.append(key)


def known(world: World, office: Office, number: str, months_ago: int = 0) -> UUID:
    """Have a person on the dashboard with whom nothing has happened for so long."""
    world.record(office.device, downloaded(number))
    world.record(office.recruiter, verified(number))
    candidate_id = world.value("select id from app.candidates where candidate_external_id = %s", number)
    assert isinstance(candidate_id, UUID)
    world.run(
        "update app.candidate_state set touched_at = now() - make_interval(months => %s) - interval '1 hour'"
        " where candidate_id = %s",
        months_ago,
        candidate_id,
    )
    return candidate_id


def rule(
    world: World,
    office: Office,
    months: int,
    grace_days: int = 30,
    filters: dict[str, list[str]] | None = None,
) -> UUID:
    wanted = filters or {}
    rule_id = world.value(
        "insert into app.retention_rules (organisation_id, months, grace_days, statuses, ranks,"
        " created_by_user_id) values (%s, %s, %s, %s, %s, %s) returning id",
        office.admin.organisation_id,
        months,
        grace_days,
        wanted.get("statuses", []),
        wanted.get("ranks", []),
        office.admin.user_id,
    )
    assert isinstance(rule_id, UUID)
    return rule_id


def hold(world: World, office: Office, candidate_id: UUID) -> None:
    world.run(
        "insert into app.legal_holds (organisation_id, candidate_id, reason, placed_by_user_id)"
        " values (%s, %s, 'A court asked', %s)",
        office.admin.organisation_id,
        candidate_id,
        office.admin.user_id,
    )


def erase(world: World, office: Office, candidate_id: UUID) -> Any:
    with world.database.authenticated(office.admin.claims) as tx:
        return tx.value(b"select app.erase_candidate(%(id)s)", {"id": candidate_id})


def is_deleted(world: World, candidate_id: UUID) -> bool:
    return bool(world.value("select deleted_at is not null from app.candidates where id = %s", candidate_id))


def seen(world: World, office: Office, candidate_id: UUID) -> list[int]:
    """Return in how many rows a person is seen by their recruiter, an admin and a computer."""
    found: list[int] = []
    for who in (office.recruiter, office.admin, office.device):
        with world.database.authenticated(who.claims) as tx:
            found += [
                tx.value(f"select count(*) from app.{where} = %(id)s".encode(), {"id": candidate_id})
                for where in (
                    "candidates where id",
                    "candidate_state where candidate_id",
                    "resumes where candidate_id",
                )
            ]
    return found


def opened(number: str, text: str = "first") -> ResumeOpenedEvent:
    payload = ResumeOpened(candidate_external_id=number, content_sha256=content(f"{number} {text}"))
    return ResumeOpenedEvent(event_id=downloaded(number).event_id, occurred_at=AT, payload=payload)
