"""Fetching metadata and artifacts: never more than was signed for, and going on where it broke off."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import urllib3
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from update_manifest import durable
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.web import Web

TRIES = 8
"""How often one server is asked for one file; each further time for what is left of it."""
_OK, _PARTIAL, _BEYOND = 200, 206, 416
_RANGE = re.compile(r"^bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)$", re.ASCII)


class Fetcher(FetcherInterface):
    """What the TUF client fetches with; it cuts off what is longer than it may be."""

    def __init__(self, web: Web | None = None) -> None:
        """Fetch through this, or through a new one."""
        self._web = web or Web()

    def _fetch(self, url: str) -> Iterator[bytes]:
        with self._web.get(url) as response:
            if response.status != _OK:
                raise DownloadHTTPError(f"status {response.status}", response.status)
            yield from self._web.chunks(response)


@dataclass(frozen=True)
class _Wanted:
    """A file that was signed for."""

    sha256: str
    length: int
    part: Path
    progress: Callable[[int, int], None]
    stop: Callable[[], bool]

    @property
    def tag(self) -> Path:
        """Where the server's name for the content is kept that the part is of."""
        return self.part.with_suffix(".etag")

    def have(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        self.tag.unlink(missing_ok=True)

    def is_right(self, path: Path) -> bool:
        with path.open("rb") as file:
            right_length = os.fstat(file.fileno()).st_size == self.length
            return right_length and hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


def download(
    url: str | Sequence[str],
    sha256: str,
    length: int,
    to: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stop: Callable[[], bool] = lambda: False,
    web: Web | None = None,
) -> Path:
    """Fetch a file into a folder and return it there, under its hash, checked and on the disk.

    What arrived stays as ``<sha256>.part`` when it breaks off, and the next call goes on from it.

    Args:
        url: an address, or mirrors, which are asked in turn.
        sha256: of the whole, in hex.
        length: of the whole, in bytes; not one more is taken.
        to: the folder; made where it is missing.
        progress: told bytes that are there, and `length`.
        stop: asked between chunks; true ends it with what arrived kept.
        web: the way to the servers.

    Raises:
        UpdateError: stopped, unreachable, slow, longer than it may be, not what was signed, or not stored.
    """
    whole = to / sha256
    wanted = _Wanted(sha256, length, to / f"{sha256}.part", progress, stop)
    try:
        to.mkdir(parents=True, exist_ok=True)
        if whole.exists() and wanted.is_right(whole):
            return whole
        _require_room(wanted, to)
        _from_mirrors([url] if isinstance(url, str) else url, wanted, web or Web())
        wanted.part.replace(whole)
        wanted.tag.unlink(missing_ok=True)
        durable.sync_folder(to)
    except OSError as error:
        raise UpdateError(UpdateReason.NOT_STORED, {"why": type(error).__name__}) from error
    return whole


def _require_room(wanted: _Wanted, to: Path) -> None:
    missing = wanted.length - wanted.have()
    if shutil.disk_usage(to).free < missing:
        raise UpdateError(UpdateReason.NOT_STORED, {"why": "full", "bytes": missing})


def _from_mirrors(urls: Sequence[str], wanted: _Wanted, web: Web) -> None:
    """Ask each mirror until one has it; tell of a wrong file rather than of a server that is down."""
    refusals: list[UpdateError] = []
    for url in urls:
        try:
            _from_one(url, wanted, web)
        except UpdateError as error:
            if error.reason is UpdateReason.INTERRUPTED:
                raise
            refusals.append(error)
        else:
            return
    told = [one for one in refusals if one.reason not in {UpdateReason.UNREACHABLE, UpdateReason.SLOW}]
    raise (told or refusals or [UpdateError(UpdateReason.UNREACHABLE, {"why": "no address"})])[0]


def _from_one(url: str, wanted: _Wanted, web: Web) -> None:
    for tries_left in reversed(range(TRIES)):
        began_with = wanted.have()
        try:
            if began_with < wanted.length:
                _go_on(url, wanted, web)
        except UpdateError as error:
            is_cut = error.reason is UpdateReason.UNREACHABLE and wanted.have() > began_with
            if not is_cut or not tries_left:
                raise
            continue
        if wanted.have() == wanted.length and wanted.is_right(wanted.part):
            return
        is_fresh = began_with == 0
        wanted.discard()
        if is_fresh:
            raise UpdateError(UpdateReason.HASH_WRONG, {"bytes": wanted.length})
    raise UpdateError(UpdateReason.HASH_WRONG, {"bytes": wanted.length})


def _go_on(url: str, wanted: _Wanted, web: Web) -> None:
    """Ask for what is missing and write it behind what is there.

    Raises:
        UpdateError: of what came; what is there is whole up to its end, or gone where it must not be used.
    """
    have = wanted.have()
    headers = {}
    if have:
        tag = durable.read(wanted.tag)
        headers = {"Range": f"bytes={have}-", **({"If-Range": tag.decode("latin-1")} if tag else {})}
    with web.get(url, headers) as response:
        start = _start_of(response, have, wanted.length)
        if start is None:
            wanted.discard()  # the next try begins anew
            return
        if start == 0:
            _keep_tag(response, wanted)
        _write(web.chunks(response), start, wanted)
    if wanted.have() < wanted.length:
        raise UpdateError(UpdateReason.UNREACHABLE, {"why": "cut", "bytes": wanted.have()})


def _start_of(response: urllib3.BaseHTTPResponse, have: int, length: int) -> int | None:
    """Return where what comes belongs; nothing when it fits nowhere and one must begin anew."""
    if response.status == _OK:
        return 0
    if response.status == _PARTIAL and have:
        span = _RANGE.match(response.headers.get("Content-Range", ""))
        fits = span is not None and int(span[1]) == have and span[3] in {str(length), "*"}
        return have if fits else None
    if response.status == _BEYOND and have:
        return None
    raise UpdateError(UpdateReason.UNREACHABLE, {"status": response.status})


def _keep_tag(response: urllib3.BaseHTTPResponse, wanted: _Wanted) -> None:
    """Remember what the server calls the content; a weak tag does not vouch for bytes."""
    wanted.discard()
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):
        durable.write(wanted.tag, tag.encode("latin-1", "replace"))


def _write(chunks: Iterator[bytes], start: int, wanted: _Wanted) -> None:
    done = start
    with wanted.part.open("r+b" if start else "wb") as file:
        file.seek(start)
        try:
            for chunk in chunks:
                if done + len(chunk) > wanted.length:
                    raise UpdateError(UpdateReason.ENDLESS, {"bytes": wanted.length})
                file.write(chunk)
                done += len(chunk)
                wanted.progress(done, wanted.length)
                if wanted.stop():
                    raise UpdateError(UpdateReason.INTERRUPTED, {"bytes": done})
        finally:
            file.flush()
            os.fsync(file.fileno())
