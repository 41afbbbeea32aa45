"""A folder that is made file by file from a signed list, and is on the disk when it is complete."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import BundleFile

_FOLDER_MODE = 0o755
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class NewTree:
    """Makes a folder that does not exist yet; leaving it without an error makes all names durable."""

    def __init__(self, folder: Path) -> None:
        """Remember where; nothing is made yet."""
        self._folder = folder
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            OSError: it exists, or cannot be made.
        """
        self._folder.mkdir(mode=_FOLDER_MODE)
        self._folders.add(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the folders' names to the disk, unless something went wrong."""
        if kind is None and os.name != "nt":  # Windows cannot open a folder, and journals names itself
            for folder in sorted(self._folders, reverse=True):
                _sync_folder(folder)

    def add(self, file: BundleFile, blocks: Iterable[bytes]) -> None:
        """Write one file, which has to be what the list says of it.

        Raises:
            UpdateError: `CONTENT_WRONG`: the bytes are others.
            OSError: the disk is full, or cannot be written to.
        """
        path = self._folder / file.path
        self._make_parents(path.parent)
        digest, length = hashlib.sha256(), 0
        descriptor = os.open(path, _NEW, file.mode)
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - the descriptor says how it was opened
            for block in blocks:
                length += len(block)
                if length > file.length:
                    raise UpdateError(UpdateReason.CONTENT_WRONG, {"why": "longer than was signed"})
                digest.update(block)
                stream.write(block)
            stream.flush()
            if os.name != "nt":
                os.fchmod(descriptor, file.mode)  # whatever the mask of this process takes away
            if length != file.length or digest.hexdigest() != file.sha256:
                raise UpdateError(UpdateReason.CONTENT_WRONG, {"why": "another content than was signed"})
            os.fsync(descriptor)

    def _make_parents(self, folder: Path) -> None:
        if folder in self._folders:
            return
        self._make_parents(folder.parent)
        folder.mkdir(mode=_FOLDER_MODE)
        self._folders.add(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
