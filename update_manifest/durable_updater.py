"""python-tuf's client as far as it goes, and what it leaves to whoever uses it.

What it writes is on the disk before it counts, `root.json` is a plain file (a link needs a privilege on
Windows), the time is the caller's, and a file is read from the role that is named instead of from whichever
comes first.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api.metadata import Metadata, Root, TargetFile, Targets
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from update_manifest import durable
from update_manifest.errors import UpdateError, UpdateReason

MAX_FILE_BYTES = 32 << 20


class DurableUpdater(Updater):
    """One look for updates.

    Attributes:
        asked: role of the metadata that was fetched last; empty before the first.
        answer: what came for it.
    """

    def __init__(
        self,
        folder: Path,
        root: bytes | None,
        metadata_url: str,
        targets_url: str,
        fetcher: FetcherInterface,
        *,
        now: datetime,
        files: Path | None = None,
    ) -> None:
        """Begin from a root, or from the one in the folder.

        Args:
            folder: where metadata is kept.
            root: the first root, which the program carries.
            metadata_url: where metadata is.
            targets_url: where the files are that targets speak of.
            fetcher: what to fetch with.
            now: what time it is, for all that is checked.
            files: where the files go; below the folder when it is not given.

        Raises:
            RepositoryError: the root is none.
            OSError: the folder cannot be written or the root in it not be read.
        """
        self.asked, self.answer = "", b""
        (folder / "root_history").mkdir(parents=True, exist_ok=True)
        super().__init__(
            str(folder),
            metadata_url,
            str(files or folder / "files"),
            targets_url,
            fetcher,
            UpdaterConfig(),
            bootstrap=root,
        )
        self._trusted_set.reference_time = now  # the only seam for a clock that python-tuf has

    @property
    def root(self) -> Root:
        """The root that is trusted now."""
        return self._trusted_set.root

    def delegator_of(self, role: str) -> Root | Targets:
        """Return who says who may sign for a role."""
        if role in self.root.roles:
            return self.root
        return self._trusted_set.targets

    def expected_snapshot(self) -> int | None:
        """Return the version of the snapshot that the trusted timestamp names."""
        if "timestamp" not in self._trusted_set:
            return None
        return self._trusted_set.timestamp.snapshot_meta.version

    def earlier_roots(self) -> list[Root]:
        """Return the roots that were trusted before the one of now; each was checked when it came."""
        history = Path(self._dir, "root_history")
        texts = [durable.read(history / f"{version}.root.json") for version in range(1, self.root.version)]
        return [Metadata[Root].from_bytes(text).signed for text in texts if text is not None]

    def signed_file(self, role: str, path: str) -> bytes:
        """Return a file that a role signed for, from the folder or the network.

        Args:
            role: `targets`, or one that it delegates to; a file of another role is not taken.
            path: its name there.

        Raises:
            UpdateError: the role does not speak of it, or speaks of what it may not.
            RepositoryError: what was signed for it, or what came, is not good.
            DownloadError: it cannot be fetched.
        """
        if role != Targets.type:
            self._require_delegated(role, path)
        signed = self._load_targets(role, Root.type if role == Targets.type else Targets.type)
        if role != Targets.type:
            _require_own_paths(role, signed)
        target = signed.targets.get(path)
        if target is None:
            raise UpdateError(UpdateReason.LIST_MISSING, {"file": path})
        return self._file(target)

    def download_target(
        self, targetinfo: TargetFile, filepath: str | None = None, target_base_url: str | None = None
    ) -> str:
        """Fetch a file to its place, durably; as `Updater.download_target`."""
        to = Path(filepath or self._generate_target_file_path(targetinfo))
        to.parent.mkdir(parents=True, exist_ok=True)
        durable.write(to, self._fetched(targetinfo, target_base_url or self._target_base_url or ""))
        return str(to)

    def _require_delegated(self, role: str, path: str) -> None:
        delegations = self._trusted_set.targets.delegations
        delegated = (delegations.roles or {}).get(role) if delegations else None
        if delegated is None or not delegated.is_delegated_path(path):
            raise UpdateError(UpdateReason.LIST_MISSING, {"file": path})

    def _file(self, target: TargetFile) -> bytes:
        kept = durable.read(Path(self._generate_target_file_path(target)))
        if kept is not None and _is_right(target, kept):
            return kept
        return Path(self.download_target(target)).read_bytes()

    def _fetched(self, target: TargetFile, base_url: str) -> bytes:
        if "sha256" not in target.hashes:
            raise UpdateError(UpdateReason.HASH_MISSING, {"file": target.path})
        if target.length > MAX_FILE_BYTES:
            raise UpdateError(UpdateReason.ENDLESS, {"file": target.path, "bytes": target.length})
        folder, slash, name = target.path.rpartition("/")
        hashed = f"{target.hashes['sha256']}." if self.root.consistent_snapshot else ""
        url = f"{base_url.rstrip('/')}/{quote(folder + slash + hashed + name)}"
        content = self._fetcher.download_bytes(url, target.length)
        if not _is_right(target, content):
            raise UpdateError(UpdateReason.HASH_WRONG, {"file": target.path})
        return content

    def _download_metadata(self, rolename: str, length: int, version: int | None = None) -> bytes:
        self.asked, self.answer = rolename, b""
        self.answer = super()._download_metadata(rolename, length, version)
        return self.answer

    def _load_root(self) -> None:
        super()._load_root()
        self.asked = ""
        for role in self.root.roles:
            _require_each_key_once(self.root, role)

    def _persist_file(self, filename: str, data: bytes) -> None:
        durable.write(Path(filename), data)

    def _update_root_symlink(self) -> None:
        history = Path(self._dir, "root_history")
        current = (history / f"{self.root.version}.root.json").read_bytes()
        durable.write(Path(self._dir, "root.json"), current)


def _is_right(target: TargetFile, content: bytes) -> bool:
    same = hashlib.sha256(content).hexdigest() == target.hashes.get("sha256")
    return same and len(content) == target.length


def _require_own_paths(role: str, signed: Targets) -> None:
    """Refuse a role that speaks of more than its own folder, or passes on what it was given."""
    if signed.delegations is not None or not all(path.startswith(f"{role}/") for path in signed.targets):
        raise UpdateError(UpdateReason.ROLE_EXCEEDED, {"role": role})


def _require_each_key_once(root: Root, role: str) -> None:
    """Refuse one key under two ids, which would count as two signatures."""
    keys = [root.keys[keyid] for keyid in root.roles[role].keyids if keyid in root.keys]
    values = {json.dumps(key.keyval["public"]) for key in keys}
    if len(values) != len(keys):
        raise UpdateError(UpdateReason.KEY_TWICE, {"role": role})
