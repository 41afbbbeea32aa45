"""What a TUF client fetches with when there is no network: files in memory."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface


class MemoryFetcher(FetcherInterface):
    """Serves a repository's files to a client without a network; remembers what was asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = unquote(urlsplit(url).path).lstrip("/")
        self.asked.append(path)
        if path not in self.files:
            raise DownloadHTTPError(f"no {path}", 404)
        yield self.files[path]
