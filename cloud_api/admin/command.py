"""The operator's commands: ``python -m cloud_api admin COMMAND``.

Addresses and passwords are read from the environment, or asked for; none is an argument, because other
users of a machine can read those.
"""

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict
from rich.console import Console
from rich.table import Table

from cloud_api.admin import backup as backups
from cloud_api.admin import drill, office, recompute, roles
from cloud_api.admin.postgres_programs import ProgramError
from cloud_api.errors import CloudError
from cloud_api.resumes.object_store import ObjectStore
from cloud_api.resumes.stores import build_store
from cloud_api.secret_files import from_files, told
from cloud_api.settings import PREFIX, AuthProvider, load_settings
from cloud_api.store_settings import StoreSettings

EXPECTED = (ValueError, OSError, psycopg.Error, CloudError, ProgramError, drill.DrillError, roles.StillUsed)
"""What goes wrong in ways that an operator can mend; the message says how."""

_programs = click.option(
    "--postgres-programs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of pg_dump and pg_restore.",
)


class _Store(StoreSettings):
    """The part of the deployment's settings that a backup needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")


@click.group()
def cli() -> None:
    """Run an office's cloud: the first admin, backups, drills, keys."""


@cli.command("create-office")
@click.option("--organisation", required=True, help="Name of the office.")
@click.option("--email", required=True, help="Of its first admin.")
@click.option("--name", required=True, help="Of its first admin, as colleagues read it.")
def create_office(organisation: str, email: str, name: str) -> None:
    """Make an office and its first admin, who invites everybody else.

    The password is in NJORDHR_MEMBER_PASSWORD, or is asked for.
    """
    password = told("NJORDHR_MEMBER_PASSWORD", os.environ) or click.prompt("Password", hide_input=True)
    provider = os.environ.get("NJORDHR_CLOUD_AUTH_PROVIDER", AuthProvider.LOCAL.value)
    if provider == AuthProvider.SUPABASE.value:
        settings = load_settings(os.environ)
        made = office.create_with_supabase(
            settings, _admin_url(), organisation, email=email, full_name=name, password=password
        )
    else:
        made = office.create_local(_admin_url(), organisation, email, name, password)
    click.echo(f"office {made.organisation_id}, admin {made.user_id}")


@cli.command("recompute")
@click.option(
    "--mend", is_flag=True, help="Write what the events lead to; without it differences are only said."
)
def recompute_states(mend: bool) -> None:
    """Compute everybody's current state from the events, and say where the kept one differs."""
    count = 0
    for found in recompute.compare(_admin_url(), mend=mend):
        count += 1
        click.echo(f"{found.candidate_id}: {', '.join(found.fields)}")
    click.echo(f"{count} differ" + (", and are mended" if mend and count else ""))
    sys.exit(1 if count and not mend else 0)


@cli.command("backup")
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="A folder that is not there yet."
)
@_programs
def backup(into: Path, postgres_programs: Path | None) -> None:
    """Dump the database, and take the inventory of the file store with checksums."""
    objects = _objects()
    try:
        made = backups.make(_admin_url(), objects, into, datetime.now(UTC), postgres_programs)
    finally:
        objects.close()
    rows = sum(table.rows for table in made.tables.values())
    click.echo(f"{len(made.tables)} tables, {rows} rows, {made.objects} objects")


@cli.command("restore-drill")
@click.option("--backup", "folder", required=True, type=click.Path(path_type=Path, exists=True))
@_programs
def restore_drill(folder: Path, postgres_programs: Path | None) -> None:
    """Restore a backup into the empty database of NJORDHR_DRILL_URL, and compare everything."""
    target = told("NJORDHR_DRILL_URL", os.environ) or click.prompt(
        "Address of an empty database", hide_input=True
    )
    objects = _objects()
    try:
        steps = drill.drill(folder, target, objects, postgres_programs)
    finally:
        objects.close()
    table = Table("Step", "Found")
    for step in steps:
        table.add_row(step.name, "\n".join(step.faults[:20]) or "as it was")
    Console(width=100).print(table)
    faults = sum(len(step.faults) for step in steps)
    click.echo("passed" if not faults else f"failed: {faults} faults")
    sys.exit(1 if faults else 0)


@cli.group("rotate-key")
def rotate_key() -> None:
    """Change a secret while the cloud serves."""


@rotate_key.command("database")
@click.option(
    "--write-to", required=True, type=click.Path(path_type=Path), help="A file that is not there yet."
)
def rotate_database(write_to: Path) -> None:
    """Open the other login role, and write the API's new address into a file.

    The address in use, NJORDHR_CLOUD_DATABASE_URL, works on until `rotate-key database-finish`.
    """
    url = told("NJORDHR_CLOUD_DATABASE_URL", os.environ) or click.prompt(
        "The API's address now", hide_input=True
    )
    with psycopg.connect(_admin_url()) as connection:
        name, password = roles.open_other(connection, str(conninfo_to_dict(url).get("user") or ""))
    _write_secret(write_to, make_conninfo(url, user=name, password=password))
    click.echo(f"start the API with the address in {write_to}, then: rotate-key database-finish")


@rotate_key.command("database-finish")
@click.option("--close", "name", required=True, type=click.Choice([roles.FIRST, roles.SECOND]))
def rotate_database_finish(name: str) -> None:
    """Close the login role that the API does not use any more."""
    with psycopg.connect(_admin_url()) as connection:
        roles.close(connection, name)
    click.echo(f"nobody can log in as {name} any more")


@rotate_key.command("links")
@click.option(
    "--write-to", required=True, type=click.Path(path_type=Path), help="A file that is not there yet."
)
def rotate_links(write_to: Path) -> None:
    """Write a new key of the folder store's links into a file.

    Give it as NJORDHR_CLOUD_OBJECT_LINK_KEY, and the old one as NJORDHR_CLOUD_OBJECT_LINK_KEY_BEFORE for an
    hour: links of both are good meanwhile.
    """
    _write_secret(write_to, secrets.token_urlsafe(48))
    click.echo(f"the new key is in {write_to}")


def run(arguments: list[str]) -> int:
    """Run a command line; what an operator can mend is said in one line, without anybody's data."""
    try:
        cli.main(arguments, prog_name="python -m cloud_api admin", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 1
    except SystemExit as ended:
        return int(ended.code or 0)
    except ValidationError as error:
        names = sorted({str(part) for fault in error.errors(include_input=False) for part in fault["loc"]})
        click.echo(f"not done: settings are missing or wrong: {', '.join(names) or error.title}", err=True)
        return 2
    except EXPECTED as error:
        click.echo(f"not done: {error}", err=True)
        return 1
    return 0


def _admin_url() -> str:
    """Return the address of the schemas' owner."""
    url = told("NJORDHR_CLOUD_ADMIN_URL", os.environ)
    return url or str(click.prompt("Address of the database's owner", hide_input=True))


def _objects() -> ObjectStore:
    settings = _Store(**from_files(PREFIX, _Store.model_fields, os.environ))  # type: ignore[arg-type]  # validated there
    return build_store(settings, "", lambda: datetime.now(UTC))


def _write_secret(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(text + "\n")
