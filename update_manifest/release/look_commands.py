"""`inspect` and `verify`: looking at what is there."""

from pathlib import Path

import click

from update_manifest.release import artifacts, as_client, change, options
from update_manifest.release.describe import draft_lines, end_dates, repository_lines
from update_manifest.release.errors import NotDoneError
from update_manifest.release.repository import Repository, to_json
from update_manifest.release.session import Session, done, upcoming
from update_manifest.releases import Delta, Release


@click.command()
@click.argument("folder", type=options.FOLDER)
@click.pass_obj
def inspect(session: Session, folder: Path) -> None:
    """Say what a draft or a repository says; changes nothing."""
    if (folder / "draft.json").is_file():
        lines = draft_lines(change.load(folder))
    else:
        repository = Repository(folder)
        repository.require()
        lines = repository_lines(repository, session.clock())
    for line in lines:
        click.echo(line)


@click.command()
@options.repository
@click.pass_obj
def verify(session: Session, repository: Path) -> None:
    """Read what is published as clients do, and hash every artifact."""
    published = Repository(repository)
    published.require()
    now = session.clock()
    wrong = [*as_client.refusals(published, None, (), now), *_artifacts(published)]
    if wrong:
        raise NotDoneError("\n".join(wrong))
    count = sum(len(content["releases"]) for content in published.lists().values())
    done(f"clients believe it: {len(published.lists())} lists, {count} releases, every artifact as signed")
    ending = tuple(end_dates(published, now, soon_only=True))
    upcoming(*(ending or ("timestamp, within two days",)))


def _artifacts(repository: Repository) -> list[str]:
    wrong = []
    for path, content in repository.lists().items():
        for one in content["releases"]:
            release = Release.model_validate_json(to_json(one))
            parts: tuple[Release | Delta, ...] = (release, *release.deltas)
            for artifact in parts:
                found = repository.folder / artifact.url
                if not found.is_file() or artifacts.digest(found) != artifact.sha256:
                    wrong.append(f"{path}, {release.version}: {artifact.url} is not there or is another one")
    return wrong
