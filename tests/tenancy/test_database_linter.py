"""The linter that Supabase's dashboard runs has nothing to say of the schema, and would say it.

It judges security in exposed schemas, of which `app` is none (`tests/tenancy/rules.py` judges that one), and
performance in all.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from setup_steps.database_linter import FOLDER
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.timeout(900)  # many small questions: on a machine that does much else they take long
ALLOWED = {
    # Two kinds of people change a row, each by a policy that says what.
    ("multiple_permissive_policies", "agent_commands"),
    ("multiple_permissive_policies", "devices"),
    ("multiple_permissive_policies", "download_jobs"),
}


def findings(url: str, home: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run the linter; return its exit code and what it found above the level of a hint."""
    programs = sorted(FOLDER.glob("node_modules/@supabase/cli-*/bin/supabase*"))
    assert programs, "install it with: python3 build.py test tenancy"
    state = home / ".supabase" / "telemetry.json"
    state.parent.mkdir(exist_ok=True)
    state.write_text('{"enabled": false, "schema_version": 1}', encoding="utf-8")
    done = subprocess.run(
        [
            programs[0],
            "db",
            "advisors",
            f"--remote={url}",
            "--level=warn",
            "--fail-on=error",
            "--output-format=json",
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "DO_NOT_TRACK": "1"},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return done.returncode, found


def test_it_finds_nothing(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.database() as database:
        code, found = findings(database.admin_url, tmp_path)
    assert code == 0
    said = {(finding["name"], finding["metadata"]["name"]): finding["detail"] for finding in found}
    assert {name: detail for name, detail in said.items() if name not in ALLOWED} == {}


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        (
            "create table public.planted (id int); grant select on public.planted to anon",
            "rls_disabled_in_public",
        ),
    ],
)
def test_it_finds_what_is_planted(postgres: PostgresServer, tmp_path: Path, planted: str, name: str) -> None:
    with postgres.database() as database:
        with psycopg.connect(database.admin_url) as connection:
            connection.execute(planted.encode())
        code, found = findings(database.admin_url, tmp_path)
    assert code != 0
    assert name in {finding["name"] for finding in found}
