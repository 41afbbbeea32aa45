"""`rollout`, `pause`, `resume`, `mirrors` and `halt`: steps of one person, published at once."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from update_manifest.release import options, publishing, signatures, steps
from update_manifest.release.change import Change
from update_manifest.release.release_commands import say
from update_manifest.release.repository import Repository
from update_manifest.release.session import Session, upcoming


@dataclass(frozen=True)
class Step:
    """What each of these commands is told."""

    session: Session
    folder: Path
    key: str
    public: Path | None
    online_keys: tuple[str, ...]
    dry_run: bool

    def take(self, change: Change, *following: str) -> None:
        """Sign a change, publish it, and say what comes next."""
        signatures.add(change, self.session.open(self.key, self.public))
        online = self.session.open_online(self.online_keys)
        done = publishing.publish(self.folder, change, online, self.session.clock(), dry_run=self.dry_run)
        say(done, change.head.what, dry_run=self.dry_run)
        upcoming(*(("the same without --dry-run",) if self.dry_run else following))


def _step(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a step, as one `Step`."""

    @functools.wraps(command)
    def told(
        session: Session,
        repository: Path,
        key: str,
        public: Path | None,
        online_keys: tuple[str, ...],
        *,
        dry_run: bool,
        **rest: Any,
    ) -> None:
        command(Step(session, repository, key, public, online_keys, dry_run), **rest)

    decorated: Callable[..., None] = click.pass_obj(told)
    for option in (options.dry_run, options.online_key, options.public, options.key, options.repository):
        decorated = option(decorated)
    return decorated


def _where(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which channel and platforms it is about."""

    @functools.wraps(command)
    def told(step: Step, *, channel: str, platforms: tuple[str, ...], **rest: Any) -> None:
        command(step, where=steps.Where(channel, platforms), **rest)

    return options.channel(options.platform(told))


@click.command()
@click.argument("percent", type=click.FloatRange(0, 100))
@options.version
@_step
@_where
def rollout(step: Step, percent: float, version: str | None, where: steps.Where) -> None:
    """Offer a release to so many per cent of the installations."""
    now = step.session.clock()
    step.take(
        steps.rollout(Repository(step.folder), version, where, percent, now),
        "watch what computers report, then a higher number; if something is wrong: pause",
    )


@click.command()
@options.version
@_step
@_where
def pause(step: Step, version: str | None, where: steps.Where) -> None:
    """Offer a release to nobody for now."""
    now = step.session.clock()
    step.take(steps.pause(Repository(step.folder), version, where, now), "resume, or: disable VERSION")


@click.command()
@options.version
@_step
@_where
def resume(step: Step, version: str | None, where: steps.Where) -> None:
    """Offer a paused release again, to as many as before."""
    now = step.session.clock()
    step.take(
        steps.pause(Repository(step.folder), version, where, now, on=False),
        "watch what computers report",
    )


@click.command()
@click.argument("addresses", nargs=-1)
@_step
@_where
def mirrors(step: Step, addresses: tuple[str, ...], where: steps.Where) -> None:
    """Say where artifacts are looked for first; without addresses, only beside the repository."""
    change = steps.mirrors(Repository(step.folder), where, addresses, step.session.clock())
    step.take(change, "nothing; clients take the first that answers")


@click.command()
@click.argument("versions", nargs=-1)
@click.option("--disable", "kind", flag_value="disabled", help="Nobody goes to it; cancels what is waiting.")
@click.option("--pause", "kind", flag_value="paused", help="Nobody is offered it for now; the default.")
@click.option("--lift", "kind", flag_value="lifted", help="Take it back.")
@options.channel
@_step
def halt(step: Step, versions: tuple[str, ...], kind: str | None, channel: str) -> None:
    """Stop versions now, with the key of the one on call, who cannot offer anything."""
    change = steps.halt(Repository(step.folder), versions, channel, kind or "paused", step.session.clock())
    step.take(change, "tell the release managers; for good: disable VERSION")
