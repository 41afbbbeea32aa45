"""What an installed program believes of updates.

`TrustedRepository` asks the repository, believes what the TUF client does, and then what the release managers
signed. Nothing that was refused changes what was believed before.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Targets
from tuf.ngclient import FetcherInterface

from signing.keys import KeyRefusedError, PublicKey
from update_manifest import durable
from update_manifest.catalogue import Catalogue
from update_manifest.durable_updater import DurableUpdater
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.manifest import Trust, read_exposure, read_halt, read_releases
from update_manifest.refusals import as_refusals

CLOCK_TOLERANCE = timedelta(days=1)
"""How far the clock may be behind the last look: people set clocks right, and travel."""
EXPOSURE, HALT = "exposure", "halt"
_CONFIRMED = "confirmed.json"


class TrustedRepository:
    """A repository of updates, seen from one installation; one process and thread at a time works with it."""

    def __init__(
        self,
        folder: Path,
        root: bytes,
        metadata_url: str,
        targets_url: str,
        fetcher: FetcherInterface,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        """Open nothing yet.

        Args:
            folder: what is known of the repository is kept here.
            root: the root that the program carries, the beginning of all trust.
            metadata_url: where metadata is.
            targets_url: where the lists are; artifacts are below its parent.
            fetcher: what to fetch metadata and lists with; `fetch.Fetcher`.
            clock: what time it is, with its zone.
        """
        self._folder = folder
        self._root = root
        self._metadata_url = metadata_url
        self._targets_url = targets_url
        self._fetcher = fetcher
        self._clock = clock
        self._updater: DurableUpdater | None = None
        self._now = datetime.min.replace(tzinfo=UTC)

    def refresh(self) -> None:
        """Ask what is new, and believe it or nothing.

        Raises:
            UpdateError: there was no answer, or it was refused. What was believed before stays.
        """
        self._refreshed()

    def catalogue(self, channel: str, platform: str) -> Catalogue:
        """Return the releases of a channel and platform, and who may have them; asks first if nobody did.

        Raises:
            UpdateError: a list is missing, or not to be believed.
        """
        updater = self._updater or self._refreshed()
        with self._alone(), as_refusals(updater, self._now):
            return self._believed(updater, channel, platform)

    def freshness(self) -> datetime | None:
        """Return when it was last confirmed that nothing newer is kept back; nothing when never."""
        text = durable.read(self._folder / _CONFIRMED)
        try:
            at = datetime.fromisoformat(json.loads(text or b"{}")["at"])
        except (ValueError, KeyError, TypeError):
            return None  # never, or the disk lost it
        return at if at.tzinfo is not None else None

    def _refreshed(self) -> DurableUpdater:
        self._updater = None
        with self._alone():
            now = self._time()
            updater = self._begin(now)
            with as_refusals(updater, now):
                updater.refresh()
            durable.write(self._folder / _CONFIRMED, _confirmed(now))
            self._updater, self._now = updater, now
        return updater

    def _believed(self, updater: DurableUpdater, channel: str, platform: str) -> Catalogue:
        name = f"{channel}/{platform}.json"
        halt = updater.signed_file(HALT, f"{HALT}/{channel}.json")
        exposure = updater.signed_file(EXPOSURE, f"{EXPOSURE}/{name}")
        releases = updater.signed_file(Targets.type, name)
        return Catalogue(
            read_releases(releases, trust_of(updater), channel, platform),
            read_exposure(exposure),
            read_halt(halt),
            mirror=f"{self._targets_url.rstrip('/').rpartition('/')[0]}/",
        )

    def _time(self) -> datetime:
        """Return what time it is, never before the last look: a list whose time is over stays over.

        Raises:
            UpdateError: the clock was set back.
        """
        now, confirmed = self._clock(), self.freshness()
        if confirmed is None:
            return now
        if now < confirmed - CLOCK_TOLERANCE:
            raise UpdateError(UpdateReason.CLOCK_BEHIND, {"since": confirmed.isoformat()})
        return max(now, confirmed)

    def _begin(self, now: datetime) -> DurableUpdater:
        try:
            return DurableUpdater(
                self._folder, self._root, self._metadata_url, self._targets_url, self._fetcher, now=now
            )
        except RepositoryError as error:
            raise UpdateError(UpdateReason.ROOT_BROKEN) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with durable.alone(self._folder):
                yield
        except OSError as error:
            raise UpdateError(UpdateReason.NOT_STORED, {"why": type(error).__name__}) from error


def trust_of(updater: DurableUpdater) -> Trust:
    """Return who may sign releases: whom the root that is trusted now names for `targets`.

    Keys of a kind that is not believed for releases are passed over, and so cannot make up a threshold.
    """
    role = updater.root.roles[Targets.type]
    keys = {keyid: key for keyid in role.keyids if (key := _key(updater, keyid)) is not None}
    earlier = (root.roles[Targets.type].keyids for root in updater.earlier_roots())
    return Trust(keys, role.threshold, frozenset().union(*earlier) - set(role.keyids))


def _key(updater: DurableUpdater, keyid: str) -> PublicKey | None:
    key = updater.root.keys.get(keyid)
    if key is None:
        return None
    try:
        return PublicKey.of(key.keytype, key.scheme, key.keyval["public"], keyid)
    except KeyRefusedError:
        return None


def _confirmed(now: datetime) -> bytes:
    return json.dumps({"at": now.isoformat(timespec="seconds")}).encode()
