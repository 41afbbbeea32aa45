"""What a container's keeper asks: does it live, can it serve, and if not, what is away."""

import json
from collections.abc import Callable
from pathlib import Path

import psycopg

from cloud_api.app import create_app
from cloud_api.errors import Unavailable
from cloud_api.health.ready import KEPT_SECONDS, ReadinessCheck
from cloud_api.services import build_services
from protocol.reasons import Reason
from tests.support.cloud_app import Cloud, running_cloud
from tests.support.postgres import PostgresServer
from tests.unit.cloud_api.conftest import settings_with


def fine() -> object:
    return None


def away() -> object:
    raise Unavailable(Reason.STORE_UNAVAILABLE, "EndpointConnectionError")


def check_of(cloud: Cloud, reach: Callable[[], object], now: list[float] | None = None) -> ReadinessCheck:
    ticks = now or [0.0]
    return ReadinessCheck(cloud.services.database, reach, "1", lambda: ticks[0])


def test_a_cloud_with_everything_is_ready(cloud: Cloud) -> None:
    answer = cloud.nobody.get("/health/ready")
    assert answer.status_code == 200
    parts = {"database": "ok", "migrations": "ok", "objects": "ok"}
    assert answer.get_json() == {"status": "ok", "version": answer.get_json()["version"], **parts}


def test_without_a_database_it_lives_and_is_not_ready(tmp_path: Path) -> None:
    services = build_services(settings_with(tmp_path), connect=False)
    try:
        client = create_app(services).test_client()
        assert client.get("/health/live").get_json()["status"] == "ok"
        answer = client.get("/health/ready")
    finally:
        services.close()
    assert answer.status_code == 503
    found = answer.get_json()
    assert (found["database"], found["migrations"], found["objects"]) == ("unavailable", "unknown", "ok")
    assert "127.0.0.1" not in json.dumps(found)


def test_a_store_that_is_away_is_named(cloud: Cloud) -> None:
    found = check_of(cloud, away).look()
    assert (found.status, found.database, found.objects) == ("not-ready", "ok", "unavailable")


def test_a_database_without_the_newest_migration_is_not_ready(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.database() as older, running_cloud(older, tmp_path) as cloud:
        with psycopg.connect(older.admin_url) as connection:
            connection.execute(
                "delete from supabase_migrations.schema_migrations where version ="
                " (select max(version) from supabase_migrations.schema_migrations)"
            )
        assert check_of(cloud, fine).look().migrations == "missing"
        with psycopg.connect(older.admin_url) as connection:
            connection.execute("drop function app.applied_migrations()")
        assert check_of(cloud, fine).look().migrations == "missing"


def test_a_newer_database_is_ready(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.database() as newer, running_cloud(newer, tmp_path) as cloud:
        with psycopg.connect(newer.admin_url) as connection:
            connection.execute(
                "insert into supabase_migrations.schema_migrations (version, name) "
                " values ('99991231000000', 'later')"
            )
        assert check_of(cloud, fine).look().status == "ok"


def test_the_parts_are_asked_once_in_a_while_however_often_somebody_looks(cloud: Cloud) -> None:
    asked: list[int] = []
    now = [100.0]
    check = check_of(cloud, lambda: asked.append(1), now)
    for _ in range(20):
        check.look()
    assert len(asked) == 1
    now[0] += KEPT_SECONDS
    check.look()
    assert len(asked) == 2
