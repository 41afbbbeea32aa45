"""`assemble`, `disable`, `sign`, `publish` and `timestamp`: what release managers do with a draft."""

from pathlib import Path

import click

from update_manifest.release import (
    assembling,
    change,
    lists,
    options,
    publishers,
    publishing,
    signatures,
    steps,
)
from update_manifest.release.describe import draft_lines, end_dates
from update_manifest.release.repository import Repository
from update_manifest.release.session import Session, done, upcoming, would

COPY = "copy the folder to where it is served: all else, then metadata/timestamp.json, then the root files"


@click.command()
@options.repository
@options.into
@click.option("--bundle", "bundles", multiple=True, required=True, type=options.FOLDER, help="Repeatable.")
@click.option("--notes", "notes", type=options.FILE, help="A text file: what is new, for people.")
@click.option("--critical", is_flag=True, help="Goes before the percentage of the roll-out.")
@click.option("--min-from", help="The earliest version that may go to this one directly.")
@click.option("--min-safe", help="Whoever has an earlier version is told to update at once.")
@click.option("--allow-downgrade-from", "back", multiple=True, help="A later version that may go back to it.")
@click.option("--codesign", "signed", multiple=True, type=options.FILE, help="codesign-PLATFORM.json.")
@click.option("--windows-certificate", "certificates", multiple=True, type=options.FILE, help="Publisher's.")
@click.option("--windows-spki", "spki", multiple=True, help="SHA-256 of the publisher's key, in hex.")
@click.option("--macos-team", help="Ten letters and digits.")
@click.option("--unsigned-programs", is_flag=True, help="Windows or macOS programs that nobody signed.")
@click.option("--keep", type=click.IntRange(1), default=lists.KEEP, show_default=True)
@click.option("--level", type=click.IntRange(1, 22), default=assembling.LEVEL, show_default=True)
@click.pass_obj
def assemble(
    session: Session,
    repository: Path,
    into: Path,
    bundles: tuple[Path, ...],
    *,
    notes: Path | None,
    critical: bool,
    min_from: str | None,
    min_safe: str | None,
    back: tuple[str, ...],
    signed: tuple[Path, ...],
    certificates: tuple[Path, ...],
    spki: tuple[str, ...],
    macos_team: str | None,
    unsigned_programs: bool,
    keep: int,
    level: int,
) -> None:
    """Make a draft of a release from bundles, one for each system."""
    wishes = assembling.Wishes(
        notes=notes.read_text(encoding="utf-8").strip() if notes else "",
        critical=critical,
        min_from=min_from,
        min_safe=min_safe,
        allow_downgrade_from=back,
        publishers=publishers.gather(signed, certificates, spki, macos_team),
        unsigned_programs=unsigned_programs,
        keep=keep,
        level=level,
    )
    into = options.new_folder(into)
    click.echo("Packing, and comparing with earlier releases; that takes minutes for each system …")
    made = assembling.assemble(Repository(repository), bundles, wishes, into, session.clock())
    _save(made, into)


@click.command()
@options.repository
@options.into
@click.argument("versions", nargs=-1)
@options.channel
@options.platform
@click.option("--min-safe", help="Whoever has an earlier version than this is told to update at once.")
@click.pass_obj
def disable(
    session: Session,
    repository: Path,
    into: Path,
    versions: tuple[str, ...],
    *,
    channel: str,
    platforms: tuple[str, ...],
    min_safe: str | None,
) -> None:
    """Make a draft in which nobody may go to these versions. When it is urgent, first: halt --disable."""
    where = steps.Where(channel, platforms)
    made = steps.disable(Repository(repository), versions, where, session.clock(), min_safe=min_safe)
    _save(made, options.new_folder(into))


@click.command()
@click.argument("draft", type=options.FOLDER)
@options.key
@options.public
@click.option("--yes", is_flag=True, help="Do not ask; for machines.")
@click.pass_obj
def sign(session: Session, draft: Path, key: str, public: Path | None, *, yes: bool) -> None:
    """Show what a draft says, and add one signature to it; needs no network."""
    made = change.load(draft)
    for line in draft_lines(made):
        click.echo(line)
    if not signatures.missing(made):
        done("everything is signed already")
        _then(made, draft)
        return
    wrong = publishing.content_faults(made)
    if wrong:
        raise click.ClickException("do not sign this:\n" + "\n".join(wrong))
    if not yes and not session.agree("Is that what you want people to get?"):
        raise click.Abort
    signed = signatures.add(made, session.open(key, public))
    change.save(made, draft)
    for part in signed:
        done(f"signed: {part}")
    _then(made, draft)


@click.command()
@click.argument("draft", type=options.FOLDER)
@options.repository
@options.online_key
@options.dry_run
@click.pass_obj
def publish(
    session: Session, draft: Path, repository: Path, online_keys: tuple[str, ...], *, dry_run: bool
) -> None:
    """Publish a draft that enough have signed, after reading it as a client does."""
    made = change.load(draft)
    found = publishing.publish(
        repository, made, session.open_online(online_keys), session.clock(), dry_run=dry_run
    )
    say(found, made.head.what, dry_run=dry_run)
    if dry_run:
        upcoming("the same without --dry-run")
    elif made.head.what.startswith("release "):
        upcoming(COPY, "rollout 5")
    else:
        upcoming(COPY)


@click.command()
@options.repository
@options.online_key
@options.dry_run
@click.pass_obj
def timestamp(session: Session, repository: Path, online_keys: tuple[str, ...], *, dry_run: bool) -> None:
    """Say anew that nothing newer was kept back. Once a day, by a schedule."""
    now = session.clock()
    found = publishing.confirm(repository, session.open_online(online_keys), now, dry_run=dry_run)
    say(found, "the timestamp", dry_run=dry_run)
    for line in end_dates(Repository(repository), now, soon_only=True):
        click.echo(f"! {line}")
    upcoming("the same within two days")


def say(found: publishing.Done, what: str, *, dry_run: bool) -> None:
    """Say what was published, or would be."""
    (would if dry_run else done)(f"{what}: {len(found.written)} files, {found.bytes:,} bytes")
    for path in found.written:
        click.echo(f"  {path}")


def _save(made: change.Change, into: Path) -> None:
    change.save(made, into)
    done(f"draft in {into}: {made.head.what}")
    _then(made, into)


def _then(made: change.Change, draft: Path) -> None:
    waiting = signatures.missing(made)
    if waiting:
        upcoming(f"sign {draft} --key ADDRESS, by:", *(f"  {one}" for one in waiting))
    else:
        upcoming(f"publish {draft} --repository FOLDER --online-key ADDRESS --dry-run")
