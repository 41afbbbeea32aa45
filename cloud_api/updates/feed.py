"""The published releases, handed on as they lie in a folder: a dumb mirror, for what is believed is signed.

The folder is what `python -m update_manifest.release publish` fills. Only names of its three parts are looked
for, and only regular files below it are handed out: neither a link nor `..` leads out of it.

Example:
    >>> Published("metadata/timestamp.json").max_age, Published("metadata/../x.json").is_one
    (0, False)
"""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from cloud_api.errors import NotFound, Unavailable
from protocol.reasons import Reason

_NAME = r"(?=[^/]{1,255}(?:/|\Z))[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"
_PATH = re.compile(rf"(metadata|targets|artifacts)((?:/{_NAME}){{1,4}})", re.ASCII)
_MOVING = frozenset({"metadata/timestamp.json", "metadata/root.json"})
"""What is written over; every other name holds the same bytes for good, by its number or digest."""

_DIGEST = re.compile(r"artifacts/([0-9a-f]{64})\.", re.ASCII)
MONTH_SECONDS = 30 * 24 * 3600
LONGEST = 400


@dataclass(frozen=True)
class Published:
    """What a published file's name says of it."""

    path: str

    @property
    def is_one(self) -> bool:
        """Whether a published file can have this name."""
        return len(self.path) <= LONGEST and _PATH.fullmatch(self.path) is not None

    @property
    def max_age(self) -> int:
        """For how many seconds whoever has it need not ask again."""
        return 0 if self.path in _MOVING else MONTH_SECONDS

    @property
    def media_type(self) -> str:
        """What it is."""
        return "application/json" if self.path.endswith(".json") else "application/octet-stream"

    @property
    def digest(self) -> str | None:
        """Return the digest of its content, where the name says it: the same on every server."""
        found = _DIGEST.match(self.path)
        return found[1] if found else None


class Feed:
    """The folder of published releases."""

    def __init__(self, folder: str) -> None:
        """Hand on what lies here; nothing when empty."""
        self._folder = Path(folder) if folder else None

    def find(self, file: Published) -> Path:
        """Return where a published file lies.

        Raises:
            NotFound: it is not there, or could not be one.
            Unavailable: the folder cannot be read.
        """
        if self._folder is None or not file.is_one:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        try:
            return _below(self._folder, file.path.split("/"))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NotFound(Reason.REQUEST_NOT_FOUND) from error
        except OSError as error:
            raise Unavailable(Reason.STORE_UNAVAILABLE) from error


def _below(folder: Path, parts: list[str]) -> Path:
    """Return a regular file that is really below ``folder``."""
    path = folder.joinpath(*parts)
    if path.resolve() != folder.resolve().joinpath(*parts):
        raise FileNotFoundError(path.name)
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise FileNotFoundError(path.name)
    return path
