"""A file system that writes down all that happens on it: ``python -m … MOUNT TRACE`` until it is unmounted.

What is written to the file `SAYS` in its root is written down as said at that moment.
"""

import errno
import os
import pickle
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

import mfusepy

from tests.support.faults.trace import ROOT, SAYS, Cut, Made, Moved, Removed, Said, Step, Synced, Written

_SAYS_INODE = 2
_FREE = 1 << 20


class RecordingDisk(mfusepy.Operations):  # type: ignore[misc]  # the package has no types
    """Files and folders in memory; inodes, so that an open file outlives its name."""

    use_ns = True

    def __init__(self, trace: BinaryIO) -> None:
        self._trace = trace
        self._folders: dict[int, dict[str, int]] = {ROOT: {SAYS: _SAYS_INODE}}
        self._files: dict[int, bytearray] = {_SAYS_INODE: bytearray()}
        self._modes: dict[int, int] = {ROOT: 0o755, _SAYS_INODE: 0o644}
        self._next = _SAYS_INODE + 1

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        inode = fh or self._find(path)
        kind = stat.S_IFDIR if inode in self._folders else stat.S_IFREG
        now = time.time_ns()
        return {
            "st_mode": kind | self._modes[inode],
            "st_nlink": 1,
            "st_size": len(self._files.get(inode, b"")),
            "st_mtime": now,
            "st_uid": os.getuid(),
            "st_gid": os.getgid(),
        }

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *self._folders[self._find(path)]]

    def mkdir(self, path: str, mode: int) -> int:
        self._make(path, mode, is_folder=True)
        return 0

    def create(self, path: str, mode: int, fi: object = None) -> int:
        return self._make(path, mode, is_folder=False)

    def open(self, path: str, flags: int) -> int:
        return self._find(path)

    def opendir(self, path: str) -> int:
        return self._find(path)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._files[fh][offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        if fh == _SAYS_INODE:
            self._tell(Said(data.decode()))
            return len(data)
        file = self._files[fh]
        if offset > len(file):
            file.extend(bytes(offset - len(file)))
        file[offset : offset + len(data)] = data
        self._tell(Written(fh, offset, data))
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        inode = fh or self._find(path)
        if inode != _SAYS_INODE:
            file = self._files[inode]
            del file[length:]
            file.extend(bytes(length - len(file)))
            self._tell(Cut(inode, length))
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._tell(Synced(fh))
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._tell(Synced(self._find(path)))
        return 0

    def rename(self, old: str, new: str) -> int:
        folder, name = self._place(old)
        to_folder, to_name = self._place(new)
        inode = self._folders[folder].pop(name)
        self._folders[to_folder][to_name] = inode
        self._tell(Moved(folder, name, to_name, to_folder, inode))
        return 0

    def unlink(self, path: str) -> int:
        folder, name = self._place(path)
        del self._folders[folder][name]
        self._tell(Removed(folder, name))
        return 0

    rmdir = unlink

    def chmod(self, path: str, mode: int) -> int:
        self._modes[self._find(path)] = stat.S_IMODE(mode)
        return 0

    def utimens(self, path: str, times: object = None) -> int:
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": _FREE, "f_bavail": _FREE, "f_bfree": _FREE}

    def destroy(self, path: str) -> None:
        self._trace.close()

    def _make(self, path: str, mode: int, is_folder: bool) -> int:
        folder, name = self._place(path)
        inode, self._next = self._next, self._next + 1
        if is_folder:
            self._folders[inode] = {}
        else:
            self._files[inode] = bytearray()
        self._modes[inode] = stat.S_IMODE(mode)
        self._folders[folder][name] = inode
        self._tell(Made(folder, name, inode, is_folder))
        return inode

    def _tell(self, step: Step) -> None:
        pickle.dump(step, self._trace)

    def _place(self, path: str) -> tuple[int, str]:
        parent, _, name = path.rpartition("/")
        return self._find(parent), name

    def _find(self, path: str) -> int:
        inode = ROOT
        for part in path.split("/"):
            if not part:
                continue
            names = self._folders.get(inode, {})
            if part not in names:
                raise mfusepy.FuseOSError(errno.ENOENT)
            inode = names[part]
        return inode


def main(mount: str, trace: Path) -> None:
    disk = RecordingDisk(trace.open("wb"))
    mfusepy.FUSE(disk, mount, foreground=True, nothreads=True, big_writes=True, hard_remove=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
