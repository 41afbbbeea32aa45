"""Options that several commands have."""

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

repository = click.option(
    "--repository",
    required=True,
    type=FOLDER,
    envvar="NJORDHR_RELEASE_REPOSITORY",
    help="The published folder (or NJORDHR_RELEASE_REPOSITORY).",
)
into = click.option("--into", required=True, type=FOLDER, help="The draft, a folder that is not there yet.")
channel = click.option("--channel", default="stable", show_default=True)
platform = click.option("--platform", "platforms", multiple=True, help="Only this one; may be repeated.")
version = click.option("--version", help="Which release; without it the newest.")
dry_run = click.option("--dry-run", is_flag=True, help="Look at everything, and write nothing.")
key = click.option("--key", required=True, help="Address of your key, such as file:/media/usb/anna.pem")
public = click.option("--public", type=FILE, help="Its public half; only keys of a cloud want it.")
online_key = click.option(
    "--online-key",
    "online_keys",
    required=True,
    multiple=True,
    help="Address of the online key, such as env:NJORDHR_ONLINE_KEY; twice while it is exchanged.",
)


def new_folder(path: Path) -> Path:
    """Refuse a draft's folder that has something in it.

    Raises:
        click.BadParameter: it has.
    """
    if path.exists() and any(path.iterdir()):
        raise click.BadParameter(f"{path} is there already; a draft begins in an empty folder")
    return path
