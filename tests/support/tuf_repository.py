"""A repository of updates that really signs, in memory: for those who believe it and those who attack it.

It is laid out as the published one is (`metadata/`, `targets/`, `artifacts/`), with the same roles,
thresholds and times. Everything can be changed before `publish` and, by attackers, after it: `files` is what
is served.

Example:
    >>> repository = TufRepository()
    >>> release = repository.add_release("1.1.0", archive=b"not a real bundle")
    >>> repository.expose("1.1.0", percent=25)
    >>> repository.publish()
    >>> trusted = repository.trusted(tmp_path / "tuf")            # a TrustedRepository over memory
    >>> trusted.refresh()
    >>> trusted.catalogue("stable", "linux-x86_64").releases.releases[0].version
    '1.1.0'

    >>> repository.add_bundle("1.2.0", folder)                    # a real `.tar.zst` of the folder's files
    >>> repository.halt["paused"] = ["1.2.0"]; repository.publish()
    >>> with repository.served() as base:                         # over HTTP on loopback, with Range and ETag
    ...     TrustedRepository(tmp_path / "tuf", repository.first_root, base + "metadata/", base + "targets/",
    ...                       fetcher(), clock=repository.clock)
    >>> repository.write(folder)                                  # or as files, for a server of one's own
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer
from tuf.ngclient import FetcherInterface

from tests.support.memory_fetcher import MemoryFetcher
from tests.support.tuf_server import serve
from update_manifest.manifest import signed_bytes, with_signatures
from update_manifest.releases import BundleFile

CHANNEL, PLATFORM = "stable", "linux-x86_64"
SIGNERS = {"root": (3, 2), "targets": (3, 2), "snapshot": (1, 1), "timestamp": (1, 1)}
DELEGATED = {"exposure": ["exposure/*/*"], "halt": ["halt/*"]}
DAYS = {"root": 365, "targets": 90, "exposure": 90, "halt": 90, "snapshot": 7, "timestamp": 2}


class TufRepository:
    """The repository.

    Attributes:
        now: what time it is; `publish` counts the times of validity from here.
        signers: role -> who signs for it now: of the root, and `exposure` and `halt`.
        roles: role -> its metadata, as TUF's own classes, to be changed before `publish`.
        lists: (channel, platform) -> the release list as JSON.
        exposures: (channel, platform) -> the exposure as JSON.
        halt: what is stopped, as JSON, for each channel.
        files: path -> bytes, as served: what attackers change.
    """

    def __init__(self, now: datetime | None = None) -> None:
        self.now = (now or datetime.now(UTC)).replace(microsecond=0)
        self.signers: dict[str, list[CryptoSigner]] = {
            role: [CryptoSigner.generate_ed25519() for _ in range(count)]
            for role, count in {
                **{name: pair[0] for name, pair in SIGNERS.items()},
                **dict.fromkeys(DELEGATED, 1),
            }.items()
        }
        self.lists: dict[tuple[str, str], dict[str, Any]] = {}
        self.exposures: dict[tuple[str, str], dict[str, Any]] = {}
        self.halt: dict[str, Any] = {"schema": 1, "paused": [], "disabled": []}
        self.files: dict[str, bytes] = {}
        self.roles: dict[str, Signed] = {
            "root": Root(expires=self._until("root"), consistent_snapshot=True),
            "targets": Targets(expires=self._until("targets")),
            "snapshot": Snapshot(expires=self._until("snapshot")),
            "timestamp": Timestamp(expires=self._until("timestamp")),
            **{role: Targets(expires=self._until(role)) for role in DELEGATED},
        }
        for signed in self.roles.values():
            signed.version = 0  # the first publishing counts it up
        for role, (_, threshold) in SIGNERS.items():
            self.trust(role, self.signers[role], threshold)
        keys: dict[str, Key] = {}
        self.targets.delegations = Delegations(
            keys, {role: DelegatedRole(role, [], 1, True, paths) for role, paths in DELEGATED.items()}
        )
        for role in DELEGATED:
            self.targets.add_key(self.signers[role][0].public_key, role)
        self.list_of()
        self.publish(root=True)
        self.first_root = self.files["metadata/1.root.json"]

    # The parts

    @property
    def root(self) -> Root:
        """What the next root will say."""
        signed = self.roles["root"]
        assert isinstance(signed, Root)
        return signed

    @property
    def targets(self) -> Targets:
        """What the next targets will say."""
        return self.targets_of("targets")

    @property
    def snapshot(self) -> Snapshot:
        """What the next snapshot will say."""
        signed = self.roles["snapshot"]
        assert isinstance(signed, Snapshot)
        return signed

    @property
    def timestamp(self) -> Timestamp:
        """What the next timestamp will say."""
        signed = self.roles["timestamp"]
        assert isinstance(signed, Timestamp)
        return signed

    def targets_of(self, role: str) -> Targets:
        """What the next `targets`, `exposure` or `halt` will say."""
        signed = self.roles[role]
        assert isinstance(signed, Targets)
        return signed

    def clock(self) -> datetime:
        """What time it is in the repository's world."""
        return self.now

    def list_of(self, channel: str = CHANNEL, platform: str = PLATFORM) -> dict[str, Any]:
        """Return the release list of a channel and platform, made on first asking."""
        key = (channel, platform)
        self.exposures.setdefault(key, {"schema": 1, "builds": {}, "mirrors": []})
        return self.lists.setdefault(key, {"schema": 1, "releases": [], "disabled": [], "min_safe": None})

    def exposure_of(self, channel: str = CHANNEL, platform: str = PLATFORM) -> dict[str, Any]:
        """Return the exposure of a channel and platform."""
        self.list_of(channel, platform)
        return self.exposures[channel, platform]

    # Releases

    def add_release(
        self,
        version: str,
        *,
        archive: bytes = b"",
        channel: str = CHANNEL,
        platform: str = PLATFORM,
        files: tuple[BundleFile, ...] = (),
        percent: float | None = 100,
        **members: Any,
    ) -> dict[str, Any]:
        """Sign a release and put it first in its list; further members go before what is made up for them.

        Returns:
            The release as JSON; whoever changes it must `sign_release` it again.
        """
        archive = archive or f"bundle {version}".encode()
        digest = hashlib.sha256(archive).hexdigest()
        url = f"artifacts/{digest}.tar.zst"
        listed = self.list_of(channel, platform)["releases"]
        release: dict[str, Any] = {
            "app_id": "njordhr",
            "version": version,
            "build": max((one["build"] for one in listed), default=0) + 1,
            "platform": platform,
            "channel": channel,
            "url": url,
            "sha256": digest,
            "length": len(archive),
            "files": [file.model_dump() for file in files],
            "tree_sha256": hashlib.sha256(digest.encode()).hexdigest(),
            "deltas": [],
            "schema_min": 0,
            "schema_max": 100,
            "released": f"{self.now:%Y-%m-%dT%H:%M:%SZ}",
            "notes": "",
            **members,
        }
        self.files[url] = archive
        listed.insert(0, self.sign_release(release))
        if percent is not None:
            self.expose(version, percent, channel=channel, platform=platform)
        return release

    def add_bundle(self, version: str, folder: Path, *, level: int = 3, **members: Any) -> dict[str, Any]:
        """Pack a folder as the release manager does, and add it as a release."""
        from update_manifest.archives import pack  # noqa: PLC0415 - most tests need no archive
        from update_manifest.trees import tree_sha256  # noqa: PLC0415

        archive = folder.with_name(f"{folder.name}-{version}.tar.zst")
        files = pack(folder, archive, level=level)
        content = archive.read_bytes()
        archive.unlink()
        return self.add_release(
            version, archive=content, files=files, **{"tree_sha256": tree_sha256(files), **members}
        )

    def add_artifact(self, content: bytes, ending: str = ".delta") -> dict[str, Any]:
        """Serve some bytes by their hash; return `url`, `sha256` and `length`, as a `Delta` has them."""
        digest = hashlib.sha256(content).hexdigest()
        url = f"artifacts/{digest}{ending}"
        self.files[url] = content
        return {"url": url, "sha256": digest, "length": len(content)}

    def sign_release(self, release: dict[str, Any], by: list[CryptoSigner] | None = None) -> dict[str, Any]:
        """Sign a release, in place, by two release managers or by whoever is given."""
        data = signed_bytes(release)
        chosen = self.signers["targets"][:2] if by is None else by
        release.update(
            with_signatures(
                release,
                [(one.public_key.keyid, bytes.fromhex(one.sign(data).signature)) for one in chosen],
            )
        )
        return release

    def expose(
        self,
        version: str,
        percent: float = 100,
        *,
        channel: str = CHANNEL,
        platform: str = PLATFORM,
        pause: bool = False,
    ) -> None:
        """Say who is offered a release."""
        build = next(
            one["build"] for one in self.list_of(channel, platform)["releases"] if one["version"] == version
        )
        self.exposure_of(channel, platform)["builds"][str(build)] = {
            "percent": percent,
            "salt": f"salt of {version}",
            "pause": pause,
        }

    # Publishing

    def trust(self, role: str, signers: list[CryptoSigner], threshold: int) -> None:
        """Let the next root name these, and only these, for a role; they sign for it from now on."""
        for keyid in list(self.root.roles[role].keyids):
            self.root.revoke_key(keyid, role)
        for signer in signers:
            self.root.add_key(signer.public_key, role)
        self.root.roles[role].threshold = threshold
        self.signers[role] = list(signers)

    def rotate(self, role: str) -> list[CryptoSigner]:
        """Give a role of the root new keys, sign a new root by the old and the new, and return the old ones.

        A new `targets` key makes every release be signed anew, as the release manager does.
        """
        old = self.signers[role]
        roots = self.signers["root"]
        self.trust(role, [CryptoSigner.generate_ed25519() for _ in old], self.root.roles[role].threshold)
        self.publish_root(by=[*roots, *self.signers["root"]] if role == "root" else roots)
        if role == "targets":
            for listed in self.lists.values():
                for release in listed["releases"]:
                    self.sign_release(release)
        self.publish()
        return old

    def publish(self, *, root: bool = False) -> None:
        """Sign everything anew, with versions one higher, and serve it."""
        if root:
            self.publish_root()
        for (channel, platform), content in self.lists.items():
            self.put("targets", f"{channel}/{platform}.json", to_json(content))
        for (channel, platform), content in self.exposures.items():
            self.put("exposure", f"exposure/{channel}/{platform}.json", to_json(content))
        for channel in {channel for channel, _ in self.lists}:
            self.put("halt", f"halt/{channel}.json", to_json(self.halt))
        self.publish_metadata()

    def put(self, role: str, path: str, content: bytes) -> TargetFile:
        """Let a role speak of a file, and serve it."""
        target = TargetFile.from_data(path, content, ["sha256"])
        self.targets_of(role).targets[path] = target
        folder, slash, name = path.rpartition("/")
        self.files[f"targets/{folder}{slash}{target.hashes['sha256']}.{name}"] = content
        return target

    def publish_root(self, by: list[CryptoSigner] | None = None) -> None:
        """Sign a new root."""
        self.root.version += 1
        self.root.expires = self._until("root")
        self.files[f"metadata/{self.root.version}.root.json"] = self.sign("root", by)

    def publish_metadata(self, roles: tuple[str, ...] = ("targets", *DELEGATED)) -> None:
        """Sign what these roles say, and the snapshot and timestamp of all of it."""
        for role in roles:
            signed = self.targets_of(role)
            signed.version += 1
            signed.expires = self._until(role)
            self.serve(role)
        self.publish_snapshot()

    def publish_snapshot(self) -> None:
        """Sign the snapshot and the timestamp of what is served."""
        self.snapshot.version += 1
        self.snapshot.expires = self._until("snapshot")
        self.serve("snapshot")
        self.publish_timestamp()

    def publish_timestamp(self) -> None:
        """Sign a timestamp of the snapshot that is served."""
        self.timestamp.version += 1
        self.timestamp.expires = self._until("timestamp")
        self.serve("timestamp")

    def serve(self, role: str, by: list[CryptoSigner] | None = None) -> None:
        """Sign a role as it is, and let what stands above it name the outcome."""
        content = self.sign(role, by)
        version = self.roles[role].version
        self.files["metadata/" + ("timestamp.json" if role == "timestamp" else f"{version}.{role}.json")] = (
            content
        )
        named = MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})
        if role == "snapshot":
            self.timestamp.snapshot_meta = named
        elif role != "timestamp":
            self.snapshot.meta[f"{role}.json"] = named

    def sign(self, role: str, by: list[CryptoSigner] | None = None) -> bytes:
        """Return a role's metadata as text, signed by its own signers or by whoever is given."""
        metadata: Metadata[Any] = Metadata(self.roles[role])
        for signer in self.signers[role] if by is None else by:
            metadata.sign(signer, append=True)
        return metadata.to_bytes(JSONSerializer(compact=True))

    # Serving

    def fetcher(self) -> MemoryFetcher:
        """Return what a client fetches with, without a network."""
        return MemoryFetcher(self.files)

    def trusted(
        self,
        folder: Path,
        fetcher: FetcherInterface | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> Any:
        """Return a client of this repository that knows its first root."""
        from update_manifest.client import TrustedRepository  # noqa: PLC0415 - which tests itself with this

        base = "https://updates.example.com/"
        return TrustedRepository(
            folder,
            self.first_root,
            f"{base}metadata/",
            f"{base}targets/",
            fetcher or self.fetcher(),
            clock=clock or self.clock,
        )

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it on loopback; give the address, which ends in a slash."""
        with serve(self.files) as server:
            yield server.address

    def write(self, folder: Path) -> None:
        """Write what is served below a folder."""
        for path, content in self.files.items():
            to = folder / path
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(content)

    def _until(self, role: str) -> datetime:
        return self.now + timedelta(days=DAYS[role])


def to_json(content: Any) -> bytes:
    """Return a list as it is published."""
    return json.dumps(content, sort_keys=True).encode()
