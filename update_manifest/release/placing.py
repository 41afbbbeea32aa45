"""Putting files of a repository or a draft in place: each whole or not at all, whatever happens."""

import os
import shutil
from pathlib import Path

from update_manifest import durable

COPY_BYTES = 1 << 20


def put(path: Path, content: bytes | Path) -> None:
    """Put a file in place in one step, on the disk when this returns.

    Args:
        path: where; folders on the way are made.
        content: bytes, or the file that has them.

    Raises:
        OSError: the disk refused; what was there stays.
    """
    _make_folder(path.parent)
    if isinstance(content, bytes):
        durable.write(path, content)
        return
    beside = path.with_name(f".{path.name}.new")
    with content.open("rb") as source, beside.open("wb") as file:
        shutil.copyfileobj(source, file, COPY_BYTES)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    durable.sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        durable.sync_folder(one.parent)
