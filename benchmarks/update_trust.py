"""What believing an update costs: a look with its lists and signatures, beside bare python-tuf."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tuf.ngclient import Updater

from tests.support.tuf_repository import CHANNEL, PLATFORM, TufRepository
from update_manifest.client import trust_of
from update_manifest.durable_updater import DurableUpdater
from update_manifest.manifest import require_signed
from update_manifest.releases import BundleFile

TIMES = 30
FILES = 1500
MILLISECONDS = 100
BASE = "https://updates.example.com/"


def main() -> bool:
    """Print what a look costs; tell whether it is as promised."""
    repository = _repository()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        client = repository.trusted(folder / "ours")

        def look() -> None:
            client.refresh()
            client.catalogue(CHANNEL, PLATFORM)

        ours = _milliseconds(look)
        theirs = _milliseconds(lambda: _bare(repository, folder / "theirs"))
        updater = DurableUpdater(
            folder / "ours",
            repository.first_root,
            f"{BASE}metadata/",
            BASE,
            repository.fetcher(),
            now=repository.now,
        )
        updater.refresh()
        trust, release = trust_of(updater), repository.list_of()["releases"][0]
        signatures = _milliseconds(lambda: require_signed(release, trust))
    print(f"Believing an update of {FILES} files, median of {TIMES}")
    print(f"  look, three lists, two releases: {ours:.1f} ms; peer: bare ngclient, no lists {theirs:.1f} ms")
    print(f"  signatures of one release, 2 of 3: {signatures:.1f} ms")
    print(f"  promised: a look <= {MILLISECONDS} ms")
    return ours <= MILLISECONDS


def refresh_and_verify_seconds() -> float:
    """Return the median time of a look with its lists and the signatures of each release, in seconds."""
    repository = _repository()
    with tempfile.TemporaryDirectory() as place:
        client = repository.trusted(Path(place) / "tuf")

        def look() -> None:
            client.refresh()
            client.catalogue(CHANNEL, PLATFORM)

        return _milliseconds(look) / 1000


def _repository() -> TufRepository:
    repository = TufRepository()
    files = tuple(
        BundleFile(path=f"lib/part{number}.so", sha256=f"{number:064x}", length=number, mode=0o644)
        for number in range(FILES)
    )
    for version in ("1.0.0", "1.1.0"):
        repository.add_release(version, files=files)
    repository.publish()
    return repository


def _bare(repository: TufRepository, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    Updater(
        str(folder),
        f"{BASE}metadata/",
        str(folder),
        f"{BASE}targets/",
        repository.fetcher(),
        bootstrap=repository.first_root,
    ).refresh()


def _milliseconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
