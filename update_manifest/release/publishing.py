"""Publishing a change: looked at from all sides first, then written in an order that survives a crash."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.exceptions import LengthOrHashMismatchError
from tuf.api.metadata import Metadata, TargetFile

from update_manifest.durable import alone
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.manifest import read_exposure
from update_manifest.release import artifacts, as_client, faults, signatures, writes
from update_manifest.release.change import Change, base_of
from update_manifest.release.duties import EXPOSURE, ROOT
from update_manifest.release.errors import NotDoneError
from update_manifest.release.opening import EMPTY_EXPOSURE, EMPTY_LIST
from update_manifest.release.placing import put
from update_manifest.release.repository import Repository, is_list, list_path, role_of, to_json
from update_manifest.release.writes import Write
from update_manifest.releases import Exposure

SHORTEST = timedelta(days=1)
"""What ends sooner is made anew rather than published."""


@dataclass(frozen=True)
class Done:
    """What publishing did, or would do.

    Attributes:
        written: paths, in order.
        bytes: of them all.
    """

    written: tuple[str, ...]
    bytes: int


def publish(
    folder: Path,
    change: Change,
    online: Sequence[Signer],
    now: datetime,
    *,
    dry_run: bool = False,
    put: Callable[[Path, bytes | Path], None] = put,
) -> Done:
    """Publish a change that enough have signed.

    Args:
        folder: the repository.
        change: what is proposed.
        online: the online key; while it is exchanged, the old one too.
        now: the time.
        dry_run: look at everything and write nothing.
        put: writes one file, durably.

    Raises:
        NotDoneError: a client would refuse it, or people would be left without a way on; nothing was written.
        OSError: the disk refused; what was published before counts on. The same again finishes it.
    """
    with _my_turn(folder):
        repository = Repository(folder)
        wrong = review(repository, change, now)
        if wrong:
            raise NotDoneError("\n".join(wrong))
        planned = writes.of(repository, change, online, now)
        _refuse_unbelieved(repository, change, planned, now)
        return _write(folder, planned, put, dry_run=dry_run)


def confirm(folder: Path, online: Sequence[Signer], now: datetime, *, dry_run: bool = False) -> Done:
    """Sign the timestamp anew, so that clients know that nothing was kept from them.

    Raises:
        NotDoneError: there is no repository, the key is another one, or something else has ended.
    """
    with _my_turn(folder):
        repository = Repository(folder)
        repository.require()
        planned = writes.again(repository, online, now)
        _refuse_unbelieved(repository, None, planned, now)
        return _write(folder, planned, put, dry_run=dry_run)


def review(repository: Repository, change: Change, now: datetime) -> tuple[str, ...]:
    """Return everything that speaks against publishing a change, each as a sentence."""
    if not _follows(repository, change):
        return ("something was published since this draft was begun; begin it again",)
    wrong = [f"not signed by enough: {one}" for one in signatures.missing(change)]
    wrong += _versions(change, now)
    wrong += _hashes(change)
    wrong += artifacts.stray(change)
    wrong += _lists(repository, change)
    wrong += _feeds(repository, change)
    return tuple(wrong)


@contextmanager
def _my_turn(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with alone(folder):
            yield
    except UpdateError as error:
        if error.reason != UpdateReason.BUSY:
            raise
        raise NotDoneError(f"somebody else publishes into {folder} right now; try again") from None


def _refuse_unbelieved(
    repository: Repository, change: Change | None, planned: Sequence[Write], now: datetime
) -> None:
    refused = as_client.refusals(repository, change, planned, now)
    if refused:
        raise NotDoneError("\n".join(refused))


def _write(
    folder: Path, planned: Sequence[Write], put: Callable[[Path, bytes | Path], None], *, dry_run: bool
) -> Done:
    if not dry_run:
        for one in planned:
            put(folder / one.path, one.content)
    return Done(tuple(one.path for one in planned), sum(len(one.read()) for one in planned))


def content_faults(change: Change) -> tuple[str, ...]:
    """Return what is wrong with a draft by itself, as whoever signs can tell without the repository."""
    return (*_hashes(change), *artifacts.stray(change), *artifacts.brought_faults(change))


def _follows(repository: Repository, change: Change) -> bool:
    """Tell whether the repository is what the change was made on, or that with a part of this change in it.

    The second is what a crash between the last two renames leaves.
    """
    there = base_of(repository) if repository.is_there() else {}
    now = {**(repository.roles() if there else {}), ROOT: repository.root if there else None}
    proposed: dict[str, Metadata[Any] | None] = {**change.roles, ROOT: change.root}
    return change.head.base.keys() == there.keys() and all(
        version == there[role] or (there[role] == version + 1 and now[role] == proposed.get(role))
        for role, version in change.head.base.items()
    )


def _versions(change: Change, now: datetime) -> list[str]:
    proposed: dict[str, Metadata[Any]] = {**change.roles, **({ROOT: change.root} if change.root else {})}
    wrong = []
    for role, metadata in proposed.items():
        if metadata.signed.version != change.head.base.get(role, 0) + 1:
            wrong.append(f"{role} has version {metadata.signed.version}, which does not follow")
        if metadata.signed.expires - now < SHORTEST:
            wrong.append(f"{role} ends on {metadata.signed.expires:%Y-%m-%d}; begin again and sign anew")
    return wrong


def _hashes(change: Change) -> list[str]:
    """Find files that are not what their role signed for, or that nobody speaks of."""
    wrong = []
    for role, metadata in change.roles.items():
        files = {path: text for path, text in change.files.items() if role_of(path) == role}
        for path in sorted(files.keys() | metadata.signed.targets.keys()):
            target = metadata.signed.targets.get(path)
            text = files.get(path)
            if target is None or text is None or not _matches(target, text):
                wrong.append(f"{path} is not what {role} signed for")
    stray = {path for path in change.files if role_of(path) not in change.roles}
    return wrong + [f"{path} belongs to a role that signs nothing here" for path in sorted(stray)]


def _matches(target: TargetFile, text: bytes) -> bool:
    try:
        target.verify_length_and_hashes(text)
    except LengthOrHashMismatchError:
        return False
    return True


def _lists(repository: Repository, change: Change) -> list[str]:
    wrong: list[str] = []
    for path, new in change.lists().items():
        old = _published(repository, path)
        feed = _exposure(repository, path)
        found = faults.of_list(path, new, old, feed, unsigned_programs=change.head.unsigned_programs)
        wrong += found or artifacts.faults(repository, change, new, old)
    return wrong


def _feeds(repository: Repository, change: Change) -> list[str]:
    wrong: list[str] = []
    for path, text in change.files.items():
        if role_of(path) != EXPOSURE:
            continue
        _, channel, platform = path.removesuffix(".json").split("/")
        listed = list_path(channel, platform)
        content = change.lists().get(listed) or _published(repository, listed) or EMPTY_LIST
        try:
            wrong += faults.of_feed(path, read_exposure(text), _exposure(repository, listed), content)
        except UpdateError as error:
            wrong.append(f"{path}: {error.reason}")
    return wrong


def _published(repository: Repository, path: str) -> dict[str, Any] | None:
    if not repository.is_there() or not is_list(path):
        return None
    text = repository.file(path)
    return json.loads(text) if text is not None else None


def _exposure(repository: Repository, listed: str) -> Exposure:
    text = repository.file(f"{EXPOSURE}/{listed}") if repository.is_there() else None
    return read_exposure(text if text is not None else to_json(EMPTY_EXPOSURE))
