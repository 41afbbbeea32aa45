"""One Postgres for the folder's tests, and a database with two offices in it for each module."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cloud_api.auth.principal import Device, Person
from tests.support.deletion import Bucket
from tests.support.office import World, world
from tests.support.postgres import PostgresServer, TestDatabase, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    with postgres.database() as made:
        yield made


@pytest.fixture(scope="module")
def office_world(database: TestDatabase) -> Iterator[World]:
    with world(database) as opened:
        yield opened


@dataclass(frozen=True)
class Office:
    """Who works in the office North, and who does not."""

    recruiter: Person
    device: Device
    colleague: Person
    manager: Person
    admin: Person
    stranger: Person
    foreign_device: Device


@pytest.fixture(scope="module")
def office(office_world: World) -> Office:
    recruiter = office_world.person("North", "Anna")
    stranger = office_world.person("South", "Sven", "admin")
    return Office(
        recruiter=recruiter,
        device=office_world.device(recruiter),
        colleague=office_world.person("North", "Bela"),
        manager=office_world.person("North", "Mia", "manager"),
        admin=office_world.person("North", "Ada", "admin"),
        stranger=stranger,
        foreign_device=office_world.device(stranger),
    )


@pytest.fixture
def bucket() -> Bucket:
    return Bucket()


@pytest.fixture
def no_rules(office_world: World) -> Iterator[None]:
    """Leave no rule, no hold, and nobody idle to the next test."""
    yield
    office_world.run("update app.candidate_state set touched_at = now() where deleted_at is null")
    office_world.run("delete from app.legal_holds where lifted_at is null")
    office_world.run("delete from app.retention_rules")
