"""A backup is whole, a drill restores it and compares everything, and whatever is damaged is found."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from cloud_api.admin import inventory
from cloud_api.admin.backup import DUMP, INVENTORY, MANIFEST, make, read_manifest
from tests.integration.cloud_admin.conftest import MakeShell, Shell, fill
from tests.support.cloud_app import Cloud
from tests.support.postgres import PostgresServer
from tests.support.seaweedfs import seaweedfs


@pytest.fixture(scope="module")
def whole(cloud: Cloud, programs: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "whole"
    make(cloud.admin_url, cloud.services.objects, folder, datetime.now(UTC), Path(programs))
    return folder


@pytest.fixture
def backup(whole: Path, tmp_path: Path) -> Path:
    """Give a copy that may be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "backup"))


def drill(shell: Shell, postgres: PostgresServer, programs: str, backup: Path) -> int:
    target = postgres.empty_database()
    arguments = ("restore-drill", "--backup", str(backup), "--postgres-programs", programs)
    return shell.run(*arguments, NJORDHR_DRILL_URL=target)


def test_a_backup_says_what_is_in_it(cloud: Cloud, shell: Shell, programs: str, tmp_path: Path) -> None:
    assert cloud
    backup = tmp_path / "told"
    assert shell.run("backup", "--into", str(backup), "--postgres-programs", programs) == 0, shell.said
    manifest = read_manifest(backup)
    assert manifest.tables["app.candidates"].rows == 2
    assert manifest.tables["app.candidate_events"].rows == 4
    assert manifest.objects == len(list(inventory.read(backup / INVENTORY))) == 3
    assert {path.name for path in backup.iterdir()} == {DUMP, INVENTORY, MANIFEST}
    assert backup.stat().st_mode & 0o077 == 0
    assert "3 objects" in shell.said


def test_a_backup_that_was_restored_is_what_it_was(
    backup: Path, shell: Shell, postgres: PostgresServer, programs: str
) -> None:
    assert drill(shell, postgres, programs, backup) == 0, shell.said
    assert "passed" in shell.said


def test_a_damaged_dump_is_not_restored(
    backup: Path, shell: Shell, postgres: PostgresServer, programs: str
) -> None:
    with (backup / DUMP).open("r+b") as file:
        file.seek(2000)
        file.write(b"damaged")
    assert drill(shell, postgres, programs, backup) == 1
    assert "is not what was written" in shell.said


def test_a_row_that_is_not_restored_as_it_was_is_found(
    backup: Path, shell: Shell, postgres: PostgresServer, programs: str
) -> None:
    manifest = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    manifest["tables"]["app.users"]["rows"] += 1
    manifest["tables"]["app.candidates"]["digest"] = "7"
    manifest["tables"]["app.forgotten"] = {"rows": 1, "digest": "1"}
    (backup / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert drill(shell, postgres, programs, backup) == 1
    for said in ("app.users: 1 rows, 2 in", "app.candidates: as many rows", "app.forgotten: only in"):
        assert said in shell.said


def test_a_database_that_is_not_empty_is_left_alone(
    backup: Path, cloud: Cloud, shell: Shell, programs: str
) -> None:
    arguments = ("restore-drill", "--backup", str(backup), "--postgres-programs", programs)
    assert shell.run(*arguments, NJORDHR_DRILL_URL=cloud.admin_url) == 1
    assert "needs an empty one" in shell.said


def test_a_backup_is_never_written_over(backup: Path, shell: Shell, programs: str) -> None:
    assert shell.run("backup", "--into", str(backup), "--postgres-programs", programs) == 1
    assert read_manifest(backup).objects == 3


def test_programs_that_are_not_there_are_named(cloud: Cloud, shell: Shell, tmp_path: Path) -> None:
    arguments = ("backup", "--into", str(tmp_path / "b"), "--postgres-programs", str(tmp_path))
    assert shell.run(*arguments) == 1
    assert "pg_dump cannot be run" in shell.said
    assert str(cloud.admin_url) not in shell.said


def test_files_of_a_bucket_are_taken_and_compared(
    cloud: Cloud, make_shell: MakeShell, postgres: PostgresServer, programs: str, tmp_path: Path
) -> None:
    assert cloud
    (tmp_path / "s3").mkdir()
    with seaweedfs(tmp_path / "s3") as store:
        objects = store.store()
        fill(objects)
        objects.close()
        shell = make_shell(store.settings())
        folder = tmp_path / "of-a-bucket"
        assert shell.run("backup", "--into", str(folder), "--postgres-programs", programs) == 0, shell.said
        assert drill(shell, postgres, programs, folder) == 0, shell.said
    assert read_manifest(folder).objects == 3


def test_people_go_on_working_while_it_is_made_and_drilled(
    backup: Path, cloud: Cloud, shell: Shell, postgres: PostgresServer, programs: str
) -> None:
    cloud.member("Later", "Lena", "admin")
    fill(cloud.services.objects)
    assert drill(shell, postgres, programs, backup) == 0, shell.said


def test_a_state_that_is_not_what_the_events_lead_to_is_found(
    cloud: Cloud, shell: Shell, postgres: PostgresServer, programs: str, tmp_path: Path
) -> None:
    spoil(cloud)
    folder = tmp_path / "spoiled"
    assert shell.run("backup", "--into", str(folder), "--postgres-programs", programs) == 0
    assert drill(shell, postgres, programs, folder) == 1
    assert "notes" in shell.said


def test_a_lost_and_a_changed_file_are_found_without_their_names(
    backup: Path, cloud: Cloud, shell: Shell, postgres: PostgresServer, programs: str
) -> None:
    first, second, _ = sorted(inventory.read(backup / INVENTORY), key=lambda item: item.key)
    cloud.services.objects.remove(first.key)
    (objects_folder_of(shell) / second.key).write_bytes(b"rotten bytes")
    assert drill(shell, postgres, programs, backup) == 1
    assert f"{first.sha256[:16]} is gone" in shell.said
    assert f"{second.sha256[:16]} has other bytes" in shell.said
    assert first.key not in shell.said


def spoil(cloud: Cloud) -> None:
    """Change a kept state behind the ledger's back."""
    with psycopg.connect(cloud.admin_url) as connection:
        connection.execute("set local session_replication_role = replica")
        connection.execute("update app.candidate_state set notes = 'Nobody wrote this' where notes <> ''")


def objects_folder_of(shell: Shell) -> Path:
    return Path(shell.environment["NJORDHR_CLOUD_OBJECT_STORE_FOLDER"])
