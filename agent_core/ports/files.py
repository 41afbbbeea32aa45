"""The download folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from protocol.reasons import Reason


@dataclass(frozen=True)
class StoredFile:
    """A file that lies whole on the disk.

    Attributes:
        relative_path: below the download folder, with forward slashes.
        sha256: of the bytes, lower-case hexadecimal.
    """

    relative_path: str
    sha256: str
    length: int


@dataclass(frozen=True)
class FolderState:
    """What a folder is good for; ``reason`` is absent when it can be used."""

    path: str
    free_bytes: int | None = None
    reason: Reason | None = None


class ResumeFiles(Protocol):
    """The download folder. Any thread."""

    def check(self, folder: Path) -> FolderState:
        """Look whether resumes can be written into this folder; leaves nothing behind."""
        ...

    def resume_path(self, rank: str, candidate_external_id: str) -> str:
        """Return where a person's resume lies below the download folder, by the portal's label of the rank.

        Raises:
            ValueError: the id is not 1 to 20 digits.
        """
        ...

    def write(self, folder: Path, relative_path: str, data: bytes) -> StoredFile:
        """Write the file whole or not at all, replacing an older one; it is durable when this returns.

        Raises:
            FilesError: with the old file as it was.
        """
        ...

    def exists(self, folder: Path, relative_path: str) -> bool:
        """Tell whether the file is there, not empty."""
        ...

    def locate(self, folder: Path, relative_path: str) -> Path:
        """Return where the file lies, for another program.

        Raises:
            FilesError: it is gone, or lies outside the folder.
        """
        ...

    def read(self, folder: Path, relative_path: str) -> bytes:
        """Return the file's bytes.

        Raises:
            FilesError: it is gone, cannot be read, or lies outside the folder.
        """
        ...
