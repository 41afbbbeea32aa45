"""NjordHR for one person on Linux, without an administrator: a `.tar.zst` with a script that installs it."""

import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

from backports import zstd

from desktop.packaging.icon import write_linux_icons
from desktop.packaging.installers.contents import Contents
from desktop.packaging.installers.linux import EPOCH, EXECUTABLE_MODE, FILE_MODE, copy_tree, emptied, write
from desktop.packaging.product import PACKAGE

SCRIPTS = Path(__file__).parent
LEVEL = 12


def archive_name(contents: Contents) -> str:
    """Return the archive's file name."""
    return f"{PACKAGE}-{contents.version}-{contents.about.platform}.tar.zst"


def linux_archive(contents: Contents, out: Path, work: Path) -> Path:
    """Make the archive: the same contents make the same bytes.

    Args:
        contents: what is installed.
        out: the folder that it goes to.
        work: a folder for what is needed meanwhile.
    """
    folder = emptied(work) / f"{PACKAGE}-{contents.version}"
    copy_tree(contents.bundle, folder / "versions" / contents.version)
    copy_tree(contents.launcher, folder / "launcher")
    write_linux_icons(folder / "icons")
    write(folder / "VERSION", f"{contents.version}\n".encode())
    for name in ("install.sh", "uninstall.sh"):
        write(folder / name, (SCRIPTS / name).read_bytes(), executable=True)
    target = out / archive_name(contents)
    target.write_bytes(zstd.compress(_tar(folder), level=LEVEL))
    return target


def _tar(folder: Path) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in _in_order(folder):
            info = tarfile.TarInfo(str(path.relative_to(folder.parent)))
            info.mtime = EPOCH
            if path.is_dir():
                info.type, info.mode = tarfile.DIRTYPE, EXECUTABLE_MODE
                tar.addfile(info)
            else:
                data = path.read_bytes()
                is_executable = bool(path.stat().st_mode & 0o100)
                info.size, info.mode = len(data), EXECUTABLE_MODE if is_executable else FILE_MODE
                tar.addfile(info, io.BytesIO(data))
    return whole.getvalue()


def _in_order(folder: Path) -> Iterable[Path]:
    return (folder, *sorted(folder.rglob("*")))
