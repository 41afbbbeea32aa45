"""A TUF repository of any shape and a client that is spoken to as the public conformance suite does.

Written from the protocol (its `CLIENT-CLI.md`) and from what its cases are about; nothing of it is copied.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from tests.support.tuf_server import FileServer
from tools.tuf_client import commands

TOP = ("root", "timestamp", "snapshot", "targets")
PROGRAM = Path(__file__).parent.parent.parent / "tools" / "tuf-client"


class AnyRepository:
    """A repository with one key a role, to be changed at will; what is published is served.

    Attributes:
        signed: role -> what it says next.
        signers: role -> who signs for it.
        files: path -> bytes, as served.
        has_hashes: whether snapshot and timestamp name hashes and lengths.
    """

    def __init__(self) -> None:
        self.until = (datetime.now(UTC) + timedelta(days=30)).replace(microsecond=0)
        self.files: dict[str, bytes] = {}
        self.has_hashes = False
        self.signers: dict[str, list[CryptoSigner]] = {}
        self.signed: dict[str, Any] = {
            "root": Root(expires=self.until),
            "timestamp": Timestamp(expires=self.until),
            "snapshot": Snapshot(expires=self.until),
            "targets": Targets(expires=self.until),
        }
        self._published: set[str] = set()
        for role in TOP:
            self.add_key(role)
        self.publish("targets", "snapshot", "timestamp", "root")

    def add_key(self, role: str, by: str = "root", signer: CryptoSigner | None = None) -> CryptoSigner:
        """Give a role one more key, named by the role above it."""
        made = signer or CryptoSigner.generate_ed25519()
        self.signed[by].add_key(made.public_key, role)
        self.signers.setdefault(role, []).append(made)
        return made

    def set_keys(
        self, role: str, named: Iterable[CryptoSigner], signing: Iterable[CryptoSigner], threshold: int
    ) -> None:
        """Have the root name these, and these sign."""
        root: Root = self.signed["root"]
        for keyid in list(root.roles[role].keyids):
            root.revoke_key(keyid, role)
        for signer in named:
            root.add_key(signer.public_key, role)
        root.roles[role].threshold = threshold
        self.signers[role] = list(signing)

    def rotate(self, role: str) -> None:
        """Give a role another key."""
        other = CryptoSigner.generate_ed25519()
        self.set_keys(role, [other], [other], 1)

    def publish(self, *roles: str, bump: bool = True) -> None:
        """Sign these and serve them, one version higher when they were published before."""
        for role in roles:
            if bump and role in self._published:
                self.signed[role].version += 1
            self._published.add(role)
            if role == "timestamp":
                self.signed[role].snapshot_meta = self._named("snapshot")
            if role == "snapshot":
                others = [one for one in self._published if one not in {"root", "timestamp", "snapshot"}]
                self.signed[role].meta = {f"{one}.json": self._named(one) for one in others}
            self.serve(role)

    def serve(self, role: str) -> None:
        """Sign a role just as it is, and serve it."""
        metadata: Metadata[Any] = Metadata(self.signed[role])
        for signer in self.signers[role]:
            metadata.sign(signer, append=True)
        self.files[self.path(role)] = metadata.to_bytes(JSONSerializer())

    def path(self, role: str) -> str:
        """Return where a role is served, as its address is quoted."""
        version = "" if role == "timestamp" else f"{self.signed[role].version}."
        return f"metadata/{version}{quote(role, safe='')}.json"

    def served(self, role: str) -> bytes:
        """Return what is served of a role."""
        return self.files[self.path(role)]

    def delegate(
        self,
        by: str,
        name: str,
        paths: list[str],
        *,
        terminating: bool = False,
        until: datetime | None = None,
    ) -> Targets:
        """Delegate to a role, which is made where it does not exist."""
        above: Targets = self.signed[by]
        above.delegations = above.delegations or Delegations({}, roles={})
        assert above.delegations.roles is not None
        above.delegations.roles[name] = DelegatedRole(name, [], 1, terminating, paths)
        self.signed.setdefault(name, Targets(expires=until or self.until))
        if name in self.signers:
            above.add_key(self.signers[name][0].public_key, name)
        else:
            self.add_key(name, by)
        role: Targets = self.signed[name]
        return role

    def add_file(self, role: str, path: str, content: bytes) -> None:
        """Let a role speak of a file, and serve it."""
        target = TargetFile.from_data(path, content, ["sha256"])
        self.signed[role].targets[path] = target
        folder, slash, name = path.rpartition("/")
        self.files[f"targets/{folder}{slash}{target.hashes['sha256']}.{name}"] = content

    def spoil(self, path: str, content: bytes) -> None:
        """Serve other bytes in place of each version of a file."""
        folder, slash, name = path.rpartition("/")
        for served in self.files:
            if served.startswith(f"targets/{folder}{slash}") and served.endswith(f".{name}"):
                self.files[served] = content

    def _named(self, role: str) -> MetaFile:
        version = self.signed[role].version
        if not self.has_hashes:
            return MetaFile(version)
        content = self.served(role)
        return MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})


class Client:
    """The client under test: in this process, or as the program where that is asked for."""

    def __init__(self, folder: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._server = server
        self._monkeypatch = monkeypatch
        self.is_program = False
        self.metadata, self.artifacts = folder / "metadata", folder / "artifacts"
        self.metadata.mkdir()
        self.artifacts.mkdir()

    def init(self, root: bytes) -> int:
        """Tell it the first root."""
        file = self._folder / "initial_root.json"
        file.write_bytes(root)
        return self._run("init", str(file))

    def refresh(self, days: int = 0) -> int:
        """Have it look, some days later."""
        with self._monkeypatch.context() as patch:
            if days:
                patch.setattr(commands, "datetime", _Later(days))
            return self._run("--metadata-url", self._server.address + "metadata", "refresh")

    def download(self, *names: str, days: int = 0) -> int:
        """Have it fetch files, some days later."""
        wanted = [part for name in names for part in ("--target-name", name)]
        places = ["--target-base-url", self._server.address + "targets", "--target-dir", str(self.artifacts)]
        with self._monkeypatch.context() as patch:
            if days:
                patch.setattr(commands, "datetime", _Later(days))
            return self._run(
                "--metadata-url", self._server.address + "metadata", *wanted, *places, "download"
            )

    def _run(self, *arguments: str) -> int:
        given = ["--metadata-dir", str(self.metadata), *arguments]
        if self.is_program:
            program = [sys.executable, str(PROGRAM), *given]
            return subprocess.run(program, check=False, capture_output=True).returncode
        return commands.main(given)

    def version(self, role: str) -> int:
        """Return which version of a role it keeps."""
        return int(Metadata.from_bytes(self.kept(role)).signed.version)

    def kept(self, role: str) -> bytes:
        """Return what it keeps of a role."""
        return (self.metadata / f"{role}.json").read_bytes()

    def trusted(self) -> dict[str, int]:
        """Return the roles that it keeps, as it spells them, and their versions."""
        return {path.stem: self.version(path.stem) for path in self.metadata.glob("*.json")}

    def files(self) -> set[bytes]:
        """Return the contents that it fetched."""
        return {path.read_bytes() for path in self.artifacts.rglob("*") if path.is_file()}

    def asked(self) -> list[str]:
        """Return which metadata it asked for since the last time, without folder and ending."""
        paths = [path for path, _, _ in self._server.requests if path.startswith("metadata/")]
        self._server.requests.clear()
        return [path.removeprefix("metadata/").removesuffix(".json") for path in paths]


class _Later:
    """A clock that is some days ahead."""

    def __init__(self, days: int) -> None:
        self._days = days

    def now(self, zone: Any) -> datetime:
        """Return what time it is there."""
        return datetime.now(zone) + timedelta(days=self._days)
