"""An office that releases: people with keys in files, commands as they are typed, a clock, real clients."""

import hashlib
import io
import json
import shlex
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from update_manifest.catalogue import Catalogue
from update_manifest.client import TrustedRepository
from update_manifest.release.as_client import METADATA_URL, TARGETS_URL, FolderFetcher
from update_manifest.release.command import run
from update_manifest.release.session import Session
from update_manifest.selection import Installed, Offer, choose

PASSPHRASE = "a long enough passphrase"
PLATFORM = "linux-x86_64"
PEOPLE = {
    "root": ("anna-root", "ben-root", "cleo-root"),
    "targets": ("anna", "ben", "cleo"),
    "exposure": ("eva",),
    "halt": ("hal",),
    "online": ("online",),
}


class CommandError(AssertionError):
    """A command was not done."""


@dataclass
class ReleaseDesk:
    """One office.

    Attributes:
        folder: everything is below it: `keys`, `repository`, drafts.
        now: what the clock says.
        said: what the last command said.
        hardware: whose keys are on tokens, made already, and where.
    """

    folder: Path
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    said: str = ""
    hardware: dict[str, str] = field(default_factory=dict)

    @property
    def repository(self) -> Path:
        """The published folder."""
        return self.folder / "published"

    def key(self, name: str) -> str:
        """Return the address of somebody's key."""
        if name in self.hardware:
            return self.hardware[name]
        return f"file:{self.folder / 'keys' / name}.pem"

    def public(self, name: str) -> Path:
        """Return somebody's public key."""
        return self.folder / "keys" / f"{name}.json"

    def type(self, line: str, **words: object) -> str:
        """Type a command; names in braces are put in as they are. Raises when it is not done."""
        code = self.try_to(line, **words)
        if code != 0:
            raise CommandError(f"{line}: {self.said}")
        return self.said

    def try_to(self, line: str, **words: object) -> int:
        """Type a command and return its exit code."""
        known = {"repository": self.repository, **words}
        arguments = [word.format(**known) for word in shlex.split(line)]
        output = io.StringIO()
        session = Session(clock=lambda: self.now, secrets=lambda _: PASSPHRASE, agree=lambda _: True)
        with redirect_stdout(output), redirect_stderr(output):
            code = run(arguments, session)
        self.said = output.getvalue()
        return code

    def make_keys(self, *names: str) -> None:
        """Make a key for each."""
        for name in names:
            words = {"uri": self.key(name), "name": name, "to": self.public(name)}
            made = "--existing" if name in self.hardware else ""
            self.type(f"keygen {{uri}} --name {{name}} --public {{to}} {made}", **words)

    def begin(self, channel: str = "stable") -> None:
        """Keys, the first root file, signatures, published."""
        self.make_keys(*(name for names in PEOPLE.values() for name in names))
        files = " ".join(f"--{duty} {self.public(name)}" for duty, names in PEOPLE.items() for name in names)
        self.type(
            f"root init --repository {{repository}} --into {{draft}} {files} "
            f"--platform {PLATFORM} --channel {channel}",
            draft=self.folder / "first",
        )
        self.sign("first", "anna-root", "ben-root", "anna", "ben", "eva", "hal")
        self.publish("first")

    def sign(self, draft: str, *names: str) -> None:
        """Let people sign a draft, one after the other."""
        for name in names:
            self.type("sign {draft} --key {key} --yes", draft=self.folder / draft, key=self.key(name))

    def publish(self, draft: str, options: str = "") -> str:
        """Publish a draft."""
        return self.type(
            "publish {draft} --repository {repository} --online-key {online} " + options,
            draft=self.folder / draft,
            online=self.key("online"),
        )

    def step(self, line: str, by: str = "eva", options: str = "") -> str:
        """Turn or stop the roll-out."""
        return self.type(
            line + " --repository {repository} --key {key} --online-key {online} " + options,
            key=self.key(by),
            online=self.key("online"),
        )

    def bundle(self, version: str, build: int, *, schema_max: int = 3, **changed: Any) -> Path:
        """Make a tiny bundle; its program differs by a line from version to version."""
        folder = self.folder / f"bundle-{version}"
        (folder / "lib").mkdir(parents=True, exist_ok=True)
        (folder / "njordhr").write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        (folder / "njordhr").chmod(0o755)
        # Hashes do not compress, so that a delta is worth it.
        numbers = (hashlib.sha256(str(number).encode()).digest() for number in range(300))
        (folder / "lib" / "big.bin").write_bytes(b"".join(numbers))
        info = {
            "app_id": "njordhr",
            "version": version,
            "build": build,
            "platform": PLATFORM,
            "channel": "stable",
            "schema_min": 1,
            "schema_max": schema_max,
        }
        (folder / "build.json").write_text(json.dumps({**info, **changed}), encoding="utf-8")
        return folder

    def release(
        self, version: str, build: int, by: tuple[str, ...] = ("anna", "ben"), options: str = ""
    ) -> None:
        """Assemble, sign and publish a release; the first who signs comes twice."""
        self.assemble(version, build, options)
        self.sign(version, *by, by[0])
        self.publish(version)

    def assemble(self, version: str, build: int, options: str = "") -> None:
        """Make the draft of a release."""
        self.type(
            f"assemble --repository {{repository}} --into {{draft}} --bundle {{bundle}} --level 3 {options}",
            draft=self.folder / version,
            bundle=self.bundle(version, build),
        )

    def client(self, name: str = "client", root: bytes | None = None) -> TrustedRepository:
        """Return a client that was installed with the first root file; the same name is the same client."""
        first = root or (self.repository / "metadata" / "1.root.json").read_bytes()
        fetcher = FolderFetcher(self.repository, {})
        return TrustedRepository(
            self.folder / "clients" / name, first, METADATA_URL, TARGETS_URL, fetcher, clock=lambda: self.now
        )

    def read(self, name: str = "client") -> Catalogue:
        """Let a client look, and return what it believes."""
        client = self.client(name)
        client.refresh()
        return client.catalogue("stable", PLATFORM)

    def offer(
        self,
        version: str,
        build: int,
        install_id: str = "one",
        *,
        by_hand: bool = False,
        believed: Catalogue | None = None,
    ) -> str | None:
        """Return the version that somebody's computer is offered now, or of what was believed, if any."""
        installed = Installed(version, build, PLATFORM, "stable", "njordhr", "0" * 64, 3, install_id)
        chosen = choose(believed or self.read(), installed, by_hand=by_hand, bad=())
        return chosen.release.version if isinstance(chosen, Offer) else None

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)
