"""Attacks on whoever believes updates: each with what it must be refused for.

An attack begins in a `World` whose client has believed version 1.1.0. It changes what is served, with
whatever was stolen for it, and then lets the client look; the refusal must come out, and what the client had
on the disk must be as it was.

Example:
    >>> attack = ATTACKS["freeze"]
    >>> attack.run(World(tmp_path))
    Traceback (most recent call last):
    update_manifest.errors.UpdateError: update.frozen
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from tests.support.tuf_repository import CHANNEL, PLATFORM, TufRepository
from tests.support.tuf_server import Misbehaviour, serve
from update_manifest.catalogue import Catalogue
from update_manifest.errors import UpdateReason
from update_manifest.fetch import download
from update_manifest.web import Web

LIST = f"{CHANNEL}/{PLATFORM}.json"


class World:
    """A repository with two releases and a client that believed them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = TufRepository()
        self.repository.add_release("1.0.0")
        self.repository.add_release("1.1.0")
        self.repository.publish()
        self.now = self.repository.now
        self.client = self.repository.trusted(folder / "tuf", clock=lambda: self.now)
        self.look()
        self.before = self.on_disk()

    @property
    def newest(self) -> dict[str, Any]:
        """The newest release, as JSON."""
        release: dict[str, Any] = self.repository.list_of()["releases"][0]
        return release

    def look(self) -> Catalogue:
        """Let the client look for updates."""
        self.client.refresh()
        catalogue: Catalogue = self.client.catalogue(CHANNEL, PLATFORM)
        return catalogue

    def on_disk(self) -> dict[str, bytes]:
        """Return what the client keeps."""
        kept = self.folder / "tuf"
        return {str(path.relative_to(kept)): path.read_bytes() for path in kept.rglob("*") if path.is_file()}

    def fetch(
        self,
        files: dict[str, bytes] | None = None,
        manners: Misbehaviour | None = None,
        web: Web | None = None,
    ) -> Path:
        """Fetch the newest release from a server."""
        with serve(self.repository.files if files is None else files) as server:
            server.manners = manners or Misbehaviour()
            release = self.newest
            return download(
                server.address + release["url"],
                release["sha256"],
                release["length"],
                self.folder / "downloads",
                web=web,
            )


@dataclass(frozen=True)
class Attack:
    """One way to fool a client.

    Attributes:
        reason: what it must be refused for.
        may_change: files of the client that honest signatures have moved on before the attack shows.
    """

    name: str
    reason: UpdateReason
    run: Callable[[World], object]
    may_change: frozenset[str] = frozenset()


ATTACKS: dict[str, Attack] = {}
ONLINE = ("timestamp.json", "snapshot.json")
SIGNED = (*ONLINE, "targets.json", "exposure.json", "halt.json")
FILES = tuple(
    f"files/{name}"
    for name in ("stable%2Flinux-x86_64.json", "exposure%2Fstable%2Flinux-x86_64.json", "halt%2Fstable.json")
)
ALL = (*SIGNED, *FILES, "confirmed.json")


def attack(
    reason: UpdateReason, *may_change: str
) -> Callable[[Callable[[World], object]], Callable[[World], object]]:
    def keep(run: Callable[[World], object]) -> Callable[[World], object]:
        name = run.__name__.lstrip("_").replace("_", " ")
        ATTACKS[name] = Attack(name, reason, run, frozenset(may_change))
        return run

    return keep


def stranger() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


def served(target: TargetFile) -> str:
    folder, slash, name = target.path.rpartition("/")
    return f"targets/{folder}{slash}{target.hashes['sha256']}.{name}"
