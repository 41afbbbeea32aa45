"""What the commands are given from outside: the time, and who is asked for passphrases."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from securesystemslib.signer import Signer

from signing.release import public_keys, signers
from signing.release.errors import SigningKeyError
from signing.release.key_uri import KeyUri

PASSPHRASE = "NJORDHR_KEY_PASSPHRASE"  # noqa: S105 - a name of a variable
"""The variable that answers in place of a person, where nobody sits before the screen."""


def ask(what: str) -> str:
    """Return a passphrase or a PIN: from the environment, else typed unseen; a new one twice.

    Raises:
        SigningKeyError: there is nobody to ask.
    """
    told = os.environ.get(PASSPHRASE)
    if told:
        return told
    if not sys.stdin.isatty():  # what is typed could be seen, or be a file's
        raise SigningKeyError(f"there is no terminal to ask for the {what}; set {PASSPHRASE}")
    new = what.startswith("new ")
    return str(click.prompt(what.capitalize(), hide_input=True, confirmation_prompt=new, err=True))


def agree(question: str) -> bool:
    """Return what a person answers."""
    return click.confirm(question, err=True)


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Session:
    """One run of a command.

    Attributes:
        clock: gives the time in UTC.
        secrets: asked for passphrases and PINs.
        agree: asked before something is signed.
    """

    clock: Callable[[], datetime] = utc_now
    secrets: Callable[[str], str] = ask
    agree: Callable[[str], bool] = agree

    def open(self, uri: str, public: Path | None = None, *, online: bool = False) -> Signer:
        """Open a key by its address.

        Raises:
            SigningKeyError: it cannot be used.
        """
        key = public_keys.read(public) if public else None
        return signers.open_signer(KeyUri.parse(uri), self.secrets, public=key, online=online)

    def open_online(self, uris: tuple[str, ...]) -> tuple[Signer, ...]:
        """Open the online key, and while it is exchanged the old one too.

        Raises:
            SigningKeyError: one cannot be used.
        """
        return tuple(self.open(uri, online=True) for uri in uris)


def done(text: str) -> None:
    """Say what was done."""
    click.echo(f"✓ {text}")


def would(text: str) -> None:
    """Say what would have been done."""
    click.echo(f"· dry run, nothing was written: {text}")


def upcoming(*lines: str) -> None:
    """Say what comes next."""
    for number, line in enumerate(lines):
        click.echo(f"{'→ next:' if number == 0 else '       '} {line}")
