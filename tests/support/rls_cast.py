"""Who plays in the story of row-level security, and what each of them has."""

from dataclasses import dataclass, field
from uuid import uuid4

import psycopg

from cloud_api.auth.principal import Device, Person
from protocol.events import JobChangedEvent, JobLine, JobLineEvent
from protocol.jobs import JobSnapshot, JobStatus
from tests.support.office import AT, World, downloaded, verified


@dataclass
class Cast:
    """Who plays, and the names that their claims are known by."""

    world: World
    recruiter: Person
    device: Device
    colleague: Person
    colleague_device: Device
    manager: Person
    admin: Person
    stranger: Person
    stranger_device: Device
    inactive: Person = field(init=False)
    revoked: Device = field(init=False)

    def __post_init__(self) -> None:
        """Switch one member off and disconnect one computer."""
        self.inactive = self.world.person("North", "Ina")
        self.revoked = self.world.device(self.recruiter)
        self.world.run("update app.memberships set active = false where user_id = %s", self.inactive.user_id)
        self.world.run("update app.devices set status = 'revoked' where id = %s", self.revoked.device_id)


def stage(world: World) -> Cast:
    """Make the people and give each something of their own."""
    recruiter, colleague = world.person("North", "Anna"), world.person("North", "Bela")
    stranger = world.person("South", "Sven", "admin")
    cast = Cast(
        world,
        recruiter,
        world.device(recruiter),
        colleague,
        world.device(colleague),
        world.person("North", "Mia", "manager"),
        world.person("North", "Ada", "admin"),
        stranger,
        world.device(stranger),
    )
    for person, device in (
        (recruiter, cast.device),
        (colleague, cast.colleague_device),
        (stranger, cast.stranger_device),
    ):
        _give(world, person, device)
    return cast


def _give(world: World, person: Person, device: Device) -> None:
    number = str(int(person.user_id) % 10**12)
    job_id = uuid4()
    snapshot = JobSnapshot(
        job_id=job_id, rank="Master", ship_type="Tug", status=JobStatus.RUNNING, created_at=AT
    )
    world.record(device, JobChangedEvent(event_id=uuid4(), occurred_at=AT, payload=snapshot))
    line = JobLine(job_id=job_id, line="one")
    world.record(device, JobLineEvent(event_id=uuid4(), occurred_at=AT, payload=line))
    world.record(device, downloaded(number))
    world.record(person, verified(number))
    with world.database.authenticated(person.claims) as tx:
        owner = {"organisation_id": person.organisation_id, "user_id": person.user_id}
        tx.run(
            b"insert into app.audit_log (organisation_id, user_id, action)"
            b" values (%(organisation_id)s, %(user_id)s, 'resume.opened')",
            owner,
        )
        tx.run(
            b"insert into app.pairing_codes (organisation_id, user_id, code_hash, expires_at)"
            b" values (%(organisation_id)s, %(user_id)s, sha256(%(user_id)s::text::bytea),"
            b" now() + interval '10 minutes')",
            owner,
        )
        tx.run(
            b"insert into app.saved_views (organisation_id, user_id, name, filters)"
            b" values (%(organisation_id)s, %(user_id)s, 'Masters', '{}')",
            owner,
        )
        tx.run(
            b"insert into app.analysis_feedback (organisation_id, user_id, query)"
            b" values (%(organisation_id)s, %(user_id)s, 'LNG')",
            owner,
        )
        tx.run(
            b"insert into app.exports (organisation_id, user_id, candidate_ids)"
            b" select %(organisation_id)s, %(user_id)s, array_agg(candidate_id) from app.candidate_state",
            owner,
        )
        tx.run(
            b"insert into app.agent_commands (organisation_id, device_id, resume_id, asked_by_user_id)"
            b" select organisation_id, device_id, id, user_id from app.resumes where user_id = %(user_id)s",
            owner,
        )
    with world.database.authenticated(device.claims) as tx:
        tx.run(
            b"insert into app.agent_settings (organisation_id, device_id, download_folder)"
            b" values (%(organisation_id)s, %(device_id)s, '/resumes')",
            {"organisation_id": device.organisation_id, "device_id": device.device_id},
        )


class refused:  # noqa: N801 - reads as the sentence it stands in
    """Expect an error of the database."""

    def __init__(self, kind: type[psycopg.Error]) -> None:
        self._kind = kind

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        assert error is not None, f"{self._kind.__name__} did not come"
        return isinstance(error, self._kind)
