"""One Postgres for the folder's tests, one database and cloud a module, two offices that share nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.cloud_app import Cloud, Computer, Member, running_cloud
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
def cloud(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with running_cloud(database, Path(tmp_path_factory.mktemp("objects"))) as running:
        yield running


@dataclass(frozen=True)
class Office:
    """One office: a recruiter with a computer, a colleague, an admin, and a member of another office."""

    recruiter: Member
    computer: Computer
    colleague: Member
    manager: Member
    admin: Member
    stranger: Member
    foreign_computer: Computer


@pytest.fixture(scope="module")
def office(cloud: Cloud) -> Office:
    recruiter = cloud.member("North", "Anna", "recruiter")
    stranger = cloud.member("South", "Sven", "admin")
    return Office(
        recruiter=recruiter,
        computer=cloud.computer(recruiter),
        colleague=cloud.member("North", "Bela", "recruiter"),
        manager=cloud.member("North", "Mia", "manager"),
        admin=cloud.member("North", "Ada", "admin"),
        stranger=stranger,
        foreign_computer=cloud.computer(stranger, "Foreign"),
    )
