"""What happened on a disk, in order, and what a power cut in between may leave of it.

What was synced is always there. Of everything else each sector is there in any of the states that it had
since, the length likewise, and of the changes of a folder's names the first ones, as journals keep them.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
ROOT = 1

SAYS = "says"
"""The file in the disk's root: what is written to it is noted as said at that moment."""


@dataclass(frozen=True)
class Made:
    """A file or a folder got its first name."""

    folder: int
    name: str
    inode: int
    is_folder: bool


@dataclass(frozen=True)
class Written:
    """Bytes were written."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file was cut, or lengthened with zeros."""

    inode: int
    length: int


@dataclass(frozen=True)
class Synced:
    """A file's bytes, or a folder's names, were asked to be durable."""

    inode: int


@dataclass(frozen=True)
class Moved:
    """A file or folder got another name, in place of what had it, or went to another folder with it."""

    folder: int
    name: str
    to_name: str
    to_folder: int = 0
    inode: int = 0

    @property
    def is_across(self) -> bool:
        return self.to_folder not in {0, self.folder}


@dataclass(frozen=True)
class Removed:
    """A name was taken away."""

    folder: int
    name: str


@dataclass(frozen=True)
class Said:
    """Somebody was told something at this moment."""

    text: str


Step = Made | Written | Cut | Synced | Moved | Removed | Said


@dataclass
class _Contents:
    """The states of one file since it was synced last."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    sectors: dict[int, list[bytes]] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        if offset > len(self.now):
            self.now.extend(bytes(offset - len(self.now)))
        self.now[offset : offset + len(data)] = data
        self._changed(offset // SECTOR, (offset + len(data) - 1) // SECTOR)

    def cut(self, length: int) -> None:
        before = len(self.now)
        del self.now[length:]
        self.now.extend(bytes(length - len(self.now)))
        self._changed(min(before, length) // SECTOR, max(before, length) // SECTOR)

    def sync(self) -> None:
        self.synced = bytes(self.now)
        self.sectors.clear()
        self.lengths.clear()

    def after_cut(self, chance: Random) -> bytes:
        """Return one of the states in which the disk may have the file."""
        length = chance.choice([len(self.synced), *self.lengths])
        data = bytearray(self.synced[:length].ljust(length, b"\0"))
        for sector, states in self.sectors.items():
            start = sector * SECTOR
            old = self.synced[start : start + SECTOR]
            data[start : start + SECTOR] = chance.choice([old, *states]).ljust(SECTOR, b"\0")
        return bytes(data[:length])

    def _changed(self, first: int, last: int) -> None:
        for sector in range(first, last + 1):
            state = bytes(self.now[sector * SECTOR : (sector + 1) * SECTOR])
            self.sectors.setdefault(sector, []).append(state)
        self.lengths.append(len(self.now))


@dataclass
class _Names:
    """The names of one folder: those that are durable, and the changes since."""

    folder: int
    synced: dict[str, int] = field(default_factory=dict)
    changes: list[Made | Moved | Removed] = field(default_factory=list)

    def sync(self) -> None:
        self.synced = self.after(len(self.changes))
        self.changes.clear()

    def after(self, count: int) -> dict[str, int]:
        names = dict(self.synced)
        for change in self.changes[:count]:
            if isinstance(change, Made):
                names[change.name] = change.inode
            elif isinstance(change, Moved) and change.is_across:
                if change.folder == self.folder:
                    del names[change.name]
                else:
                    names[change.to_name] = change.inode
            elif isinstance(change, Moved):
                names[change.to_name] = names.pop(change.name)
            else:
                del names[change.name]
        return names


@dataclass(frozen=True)
class Left:
    """What a power cut left: the folders, the files' bytes, and what had been said before it."""

    folders: tuple[str, ...]
    files: dict[str, bytes]
    said: tuple[str, ...]

    def put_into(self, folder: Path) -> None:
        """Make the folder what the disk is after the cut."""
        for child in folder.iterdir():
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        for name in self.folders:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


def after_power_cut(steps: Sequence[Step], count: int, chance: Random) -> Left:
    """Return what may be left when the power went after so many steps."""
    files: dict[int, _Contents] = {}
    folders: dict[int, _Names] = {ROOT: _Names(ROOT)}
    for step in steps[:count]:
        _take(step, files, folders)
    kept = _with_moves(folders, steps[:count], chance)
    found_folders: list[str] = []
    found_files: dict[str, bytes] = {}
    open_folders = [(ROOT, "")]
    while open_folders:
        inode, path = open_folders.pop()
        some = kept[inode] if kept else chance.randint(0, len(folders[inode].changes))
        names = folders[inode].after(some)
        for name, child in names.items():
            if child in folders:
                found_folders.append(f"{path}{name}")
                open_folders.append((child, f"{path}{name}/"))
            else:
                found_files[f"{path}{name}"] = files[child].after_cut(chance)
    said = tuple(step.text for step in steps[:count] if isinstance(step, Said))
    return Left(tuple(found_folders), found_files, said)


def _with_moves(folders: dict[int, _Names], steps: Sequence[Step], chance: Random) -> dict[int, int]:
    """Return how many changes of each folder are there, so that what went across is in one folder alone.

    A move is one entry of a disk's journal: who syncs either folder has it in both.
    """
    moves = [step for step in steps if isinstance(step, Moved) and step.is_across]
    if not moves:
        return {}
    kept = {inode: chance.randint(0, len(names.changes)) for inode, names in folders.items()}
    while True:
        before = dict(kept)
        for move in moves:
            places = {inode: _place_of(folders[inode], move) for inode in (move.folder, move.to_folder)}
            if any(place < kept[inode] for inode, place in places.items()):
                kept.update({inode: max(kept[inode], place + 1) for inode, place in places.items()})
        if kept == before:
            return kept


def _place_of(names: _Names, move: Moved) -> int:
    """Return which of a folder's changes it is; -1 when it is durable."""
    return next((place for place, change in enumerate(names.changes) if change is move), -1)


def _take(step: Step, files: dict[int, _Contents], folders: dict[int, _Names]) -> None:
    match step:
        case Made():
            folders[step.folder].changes.append(step)
            if step.is_folder:
                folders[step.inode] = _Names(step.inode)
            else:
                files[step.inode] = _Contents()
        case Moved() | Removed():
            folders[step.folder].changes.append(step)
            if isinstance(step, Moved) and step.is_across:
                folders[step.to_folder].changes.append(step)
        case Written():
            files[step.inode].write(step.offset, step.data)
        case Cut():
            files[step.inode].cut(step.length)
        case Synced():
            (folders.get(step.inode) or files[step.inode]).sync()
        case Said():
            pass  # the power cut takes nothing back that was said


def points(steps: Iterable[Step]) -> list[int]:
    """Return after how many steps the power can go so that it makes a difference."""
    return [count for count, step in enumerate(steps, start=1) if not isinstance(step, Said)]
