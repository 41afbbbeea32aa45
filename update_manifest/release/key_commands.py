"""`keygen`, `root init`, `root rotate`, `renew` and `trust`: keys, and who may sign what."""

import json
from pathlib import Path
from typing import get_args

import click
from securesystemslib.signer import Key

from signing.release import public_keys, signers
from signing.release.key_uri import KeyUri
from update_manifest.release import ceremony, change, options
from update_manifest.release.duties import DUTIES, ROOT, TARGETS, THRESHOLDS
from update_manifest.release.placing import put
from update_manifest.release.repository import Repository
from update_manifest.release.session import Session, done, upcoming
from update_manifest.release.signatures import missing
from update_manifest.releases import Platform

DUTY = click.Choice(DUTIES)


@click.command()
@click.argument("uri")
@click.option("--name", required=True, help="Whose key it is, or what for: anna, anna-root, online.")
@click.option("--public", "to", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--ecdsa", is_flag=True, help="P-256 in place of Ed25519.")
@click.option("--existing", is_flag=True, help="The key is there; only write its public half.")
@click.pass_obj
def keygen(session: Session, uri: str, name: str, to: Path, *, ecdsa: bool, existing: bool) -> None:
    """Make a key at an address (file:, keyring:, hsm:), and write its public half into a file."""
    if to.exists():
        raise click.BadParameter(f"{to} is there already; move it away first")
    address = KeyUri.parse(uri)
    if existing:
        key = signers.open_signer(address, session.secrets, online=True).public_key
    else:
        key = signers.generate(address, session.secrets, ecdsa=ecdsa)
    public_keys.write(to, key, name)
    done(f"key of {name}, id {key.keyid[:16]}…, at {address}")
    upcoming(
        f"hand {to} to whoever makes the root file; keep the private half to yourself",
        "keep a second copy of a key file, and its passphrase, in two places that do not burn together",
    )


@click.group()
def root() -> None:
    """The root file: who may sign what."""


@root.command("init")
@options.repository
@options.into
@click.option("--root", "roots", multiple=True, required=True, type=options.FILE, help="Public key; repeat.")
@click.option("--targets", multiple=True, required=True, type=options.FILE, help="Release managers; repeat.")
@click.option("--exposure", required=True, type=options.FILE, help="Who turns the roll-out.")
@click.option("--halt", required=True, type=options.FILE, help="Who is on call.")
@click.option("--online", required=True, type=options.FILE, help="The machine that signs each day.")
@click.option("--root-threshold", type=click.IntRange(1), default=THRESHOLDS[ROOT], show_default=True)
@click.option("--targets-threshold", type=click.IntRange(1), default=THRESHOLDS[TARGETS], show_default=True)
@click.option("--channel", "channels", multiple=True, default=("stable",), show_default=True)
@click.option("--platform", "platforms", multiple=True, default=get_args(Platform), show_default=True)
@click.pass_obj
def root_init(
    session: Session,
    repository: Path,
    into: Path,
    *,
    roots: tuple[Path, ...],
    targets: tuple[Path, ...],
    exposure: Path,
    halt: Path,
    online: Path,
    root_threshold: int,
    targets_threshold: int,
    channels: tuple[str, ...],
    platforms: tuple[str, ...],
) -> None:
    """Begin: a draft of the first root file, with empty lists."""
    files = {"root": roots, "targets": targets, "exposure": (exposure,), "halt": (halt,), "online": (online,)}
    keys = {duty: tuple(public_keys.read(path) for path in paths) for duty, paths in files.items()}
    thresholds = {**THRESHOLDS, ROOT: root_threshold, TARGETS: targets_threshold}
    places = [(channel, platform) for channel in channels for platform in platforms]
    made = ceremony.first(Repository(repository), keys, thresholds, places, session.clock())
    _save(made, into)


@root.command("rotate")
@options.repository
@options.into
@click.option("--add", "added", multiple=True, type=(DUTY, options.FILE), metavar="DUTY PUBLIC")
@click.option("--remove", "removed", multiple=True, type=(DUTY, str), metavar="DUTY NAME")
@click.option(
    "--threshold", "thresholds", multiple=True, type=(click.Choice([ROOT, TARGETS]), click.IntRange(1))
)
@click.pass_obj
def root_rotate(
    session: Session,
    repository: Path,
    into: Path,
    *,
    added: tuple[tuple[str, Path], ...],
    removed: tuple[tuple[str, str], ...],
    thresholds: tuple[tuple[str, int], ...],
) -> None:
    """Change who may sign what: a draft that the old and the new sign."""
    add: dict[str, tuple[Key, ...]] = {}
    for duty, path in added:
        add[duty] = (*add.get(duty, ()), public_keys.read(path))
    remove: dict[str, tuple[str, ...]] = {}
    for duty, name in removed:
        remove[duty] = (*remove.get(duty, ()), name)
    made = ceremony.rotated(Repository(repository), add, remove, dict(thresholds), session.clock())
    _save(made, into)


@click.command()
@options.repository
@options.into
@click.option("--root", "of_root", is_flag=True, help="The root file; without it the lists and feeds.")
@click.pass_obj
def renew(session: Session, repository: Path, into: Path, *, of_root: bool) -> None:
    """Make what is published last longer: a draft of the same once more."""
    _save(ceremony.renewed(Repository(repository), session.clock(), root=of_root), into)


@click.command()
@options.repository
@click.option("--base-url", required=True, help="Where the repository is served; https.")
@click.option("--into", required=True, type=options.FOLDER, help="What build.py bundle --trust takes.")
def trust(repository: Path, base_url: str, into: Path) -> None:
    """Write what a bundle is built with: the newest root file, and where updates are."""
    published = Repository(repository)
    published.require()
    if not base_url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise click.BadParameter("the address begins with https://")
    base = base_url.rstrip("/")
    addresses = {"metadata_url": f"{base}/metadata/", "targets_url": f"{base}/targets/"}
    put(into / "root.json", published.root.to_bytes())
    put(into / "updates.json", (json.dumps(addresses, indent=1) + "\n").encode())
    done(f"root file {published.root.signed.version} and the addresses are in {into}")
    upcoming(f"build.py bundle --trust {into}")


def _save(made: change.Change, into: Path) -> None:
    change.save(made, options.new_folder(into))
    done(f"draft in {into}: {made.head.what}")
    upcoming(
        f"carry a copy of {into} to each who signs; there: sign {into} --key ADDRESS",
        *(str(one) for one in missing(made)),
    )
