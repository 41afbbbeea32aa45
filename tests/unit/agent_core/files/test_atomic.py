"""A file is whole or not there; what killed writes left is removed, and nothing else."""

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from agent_core.files import atomic


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_writes_and_says_what_was_written(tmp_path: Path) -> None:
    data = b"x" * (3 << 20)
    written = atomic.write_whole(tmp_path / "a.pdf", data)
    assert (tmp_path / "a.pdf").read_bytes() == data
    assert written == atomic.Written(hashlib.sha256(data).hexdigest(), len(data))
    assert names(tmp_path) == ["a.pdf"]


def test_replaces_an_older_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    atomic.write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match="directory"):
        atomic.write_whole(target, b"new")
    assert names(tmp_path) == ["a.pdf"]


def test_killed_writes_are_cleaned_up_at_the_next(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys; from agent_core.files import atomic\n"
        "atomic._replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "atomic.write_whole(pathlib.Path(sys.argv[1]) / 'a.pdf', b'half')\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [name.endswith(".part") for name in names(tmp_path)] == [True]
    atomic.write_whole(tmp_path / "b.pdf", b"whole")
    assert names(tmp_path) == ["b.pdf"]


def test_only_our_own_leftovers_are_removed(tmp_path: Path) -> None:
    other_computer = ".njordhr-00000000-999999-0123456789abcdef.part"
    alive = f".njordhr-{atomic._host()}-{os.getppid()}-0123456789abcdef.part"
    others = {"report.part", ".njordhr-notes", other_computer, alive}
    for name in others:
        (tmp_path / name).write_bytes(b"theirs")
    ours = f".njordhr-{atomic._host()}-{os.getpid()}-0123456789abcdef.part"
    (tmp_path / ours).write_bytes(b"ours, of an earlier failure")
    atomic.write_whole(tmp_path / "a.pdf", b"new")
    assert set(names(tmp_path)) == others | {"a.pdf"}


def test_writers_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for turn in range(10):
            atomic.write_whole(tmp_path / f"{number}.pdf", f"{number} {turn}".encode())

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {
        f"{number}.pdf": f"{number} 9".encode() for number in range(4)
    }


def test_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    atomic.probe(tmp_path)
    assert names(tmp_path) == []


def refused(number: int, windows: int | None = None) -> OSError:
    """Make the error that a system gives instead of replacing; Windows numbers it in a way of its own."""
    error = OSError(number, "refused")
    if windows is not None:
        error.winerror = windows  # type: ignore[attr-defined]  # only Windows has it
    return error


@pytest.mark.parametrize(
    "error",
    [refused(errno.EACCES, 5), refused(errno.EACCES, 32), refused(errno.EACCES, 33), refused(errno.ETXTBSY)],
    ids=["access denied", "sharing violation", "lock violation", "busy on a network drive"],
)
def test_a_file_that_is_held_open_stays_and_is_tried_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    replace = Mock(side_effect=error)
    monkeypatch.setattr(atomic, "PAUSES", (0.0, 0.0))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(atomic.ReplaceRefusedError):
            atomic.write_whole(target, b"new")
    assert replace.call_count == 3
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]
    atomic.write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_file_that_is_let_go_in_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    tries = iter([refused(errno.EACCES, 32), refused(errno.EACCES, 5)])
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        for error in tries:
            raise error
        return really(self, target)

    monkeypatch.setattr(atomic, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(Path, "replace", replace)
    atomic.write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_read_only_file_is_protected_and_not_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", Mock(side_effect=refused(errno.EACCES, 5)))
    monkeypatch.setattr(os, "access", lambda *_: False)  # we may be root, who may write to any file
    with pytest.raises(atomic.FileProtectedError):
        atomic.write_whole(target, b"new")
    assert target.read_bytes() == b"old"


@pytest.fixture
def immutable(tmp_path: Path) -> Iterator[Path]:
    """A file that the system itself refuses to replace, for root too, where its disk can do that."""
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    if not _set_immutable(target, True):
        pytest.skip("this disk has no immutable files, or we may not make one")
    yield target
    assert _set_immutable(target, False)


def _set_immutable(path: Path, on: bool) -> bool:
    chattr = shutil.which("chattr")
    if chattr is None:
        return False
    done = subprocess.run([chattr, "+i" if on else "-i", str(path)], check=False, capture_output=True)
    return done.returncode == 0


def test_a_file_that_the_system_protects_stays_and_is_written_once_it_is_free(immutable: Path) -> None:
    with pytest.raises(atomic.FileProtectedError):
        atomic.write_whole(immutable, b"new")
    assert immutable.read_bytes() == b"old"
    assert names(immutable.parent) == ["a.pdf"]
    assert _set_immutable(immutable, False)
    atomic.write_whole(immutable, b"new")
    assert immutable.read_bytes() == b"new"


def test_a_file_that_is_really_busy_stays_and_leaves_nothing_else(tmp_path: Path) -> None:
    """Nothing holds a file as fast on Linux as a mount on it, which ends with its own name space."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    program = (
        "import pathlib, subprocess, sys; from agent_core.files import atomic\n"
        "target = pathlib.Path(sys.argv[1])\n"
        "subprocess.run(['mount', '--bind', target, target], check=True)\n"
        "try:\n    atomic.write_whole(target, b'new')\n"
        "except atomic.ReplaceRefusedError:\n    print(target.read_bytes().decode())\n"
    )
    own_mounts = ["unshare", "--mount", sys.executable, "-c", program, str(tmp_path / "a.pdf")]
    if subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("we may not make a name space of our own for mounts")
    said = subprocess.run(own_mounts, check=True, capture_output=True, text=True).stdout
    assert said == "old\n"
    assert names(tmp_path) == ["a.pdf"]
