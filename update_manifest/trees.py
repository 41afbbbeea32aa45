"""What a folder of files is, as one number: the same on each system and at each time.

Only the paths, the contents and whether a file may be run count. There is nothing but files in a bundle: a
link could lead out of it, and would not survive Windows.

Example:
    >>> len(tree_sha256(()))
    64
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import BundleFile

PLAIN: Final = 0o644
PROGRAM: Final = 0o755
BLOCK_BYTES = 1 << 20
_HEADING = b"njordhr-tree-v1\n"


def files_of(folder: Path) -> tuple[BundleFile, ...]:
    """Return the files below a folder in the order of their paths, each read whole.

    Raises:
        UpdateError: something in it is no plain file, or has a name that not each system takes.
        OSError: it cannot be read.
    """
    files = tuple(sorted((_described(folder, path) for path in _walk(folder)), key=in_order))
    refuse_ambiguous(files)
    return files


def in_order(file: BundleFile) -> bytes:
    """Return what files are sorted by; the same on each system."""
    return file.path.encode()


def tree_sha256(files: Sequence[BundleFile]) -> str:
    """Return the digest of these files, whatever order they come in."""
    digest = hashlib.sha256(_HEADING)
    for file in sorted(files, key=in_order):
        digest.update(f"{file.mode:o} {file.length} {file.sha256} {file.path}\n".encode())
    return digest.hexdigest()


def refuse_ambiguous(files: Iterable[BundleFile]) -> None:
    """Refuse a list in which two paths are one file on some system, or one is a folder of the other.

    Windows and macOS take `A` for `a`, and macOS takes two spellings of `é` for one.

    Raises:
        UpdateError: `PATH_UNSAFE`.
    """
    names = [_folded(file.path) for file in files]
    taken = set(names)
    folders = {parent for name in names for parent in _parents(name)}
    if len(taken) != len(names) or taken & folders:
        raise UpdateError(UpdateReason.PATH_UNSAFE, {"why": "two names are one"})


def verify_tree(folder: Path, files: Sequence[BundleFile], *, modes: bool = os.name != "nt") -> None:
    """Check that a folder holds these files and nothing else.

    Args:
        folder: where they are.
        files: the signed list.
        modes: whether what may be run counts; Windows does not keep it.

    Raises:
        UpdateError: `CONTENT_WRONG`, or as `files_of`.
        OSError: it cannot be read.
    """
    wanted = {file.path: _compared(file, modes) for file in files}
    found = {file.path: _compared(file, modes) for file in files_of(folder)}
    if found != wanted:
        different = sum(found.get(path) != wanted.get(path) for path in found.keys() | wanted.keys())
        raise UpdateError(UpdateReason.CONTENT_WRONG, {"files": different})


def _compared(file: BundleFile, modes: bool) -> tuple[str, int]:
    return file.sha256, file.mode if modes else PLAIN


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as scanned:
        entries = list(scanned)
    for entry in entries:
        if _is_link(entry):
            raise UpdateError(UpdateReason.NOT_A_PLAIN_FILE, {"kind": "link"})
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)
        else:
            raise UpdateError(UpdateReason.NOT_A_PLAIN_FILE, {"kind": "device"})


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Tell whether it leads elsewhere; Windows has junctions beside links."""
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return entry.is_symlink() or bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)


def _described(folder: Path, path: Path) -> BundleFile:
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as stream:
        mode = os.fstat(stream.fileno()).st_mode
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
            length += len(block)
    try:
        return BundleFile(
            path=path.relative_to(folder).as_posix(),
            sha256=digest.hexdigest(),
            length=length,
            mode=PROGRAM if mode & stat.S_IXUSR else PLAIN,
        )
    except (ValidationError, UnicodeError) as error:
        raise UpdateError(UpdateReason.PATH_UNSAFE, {"why": "name"}) from error


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _parents(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))
