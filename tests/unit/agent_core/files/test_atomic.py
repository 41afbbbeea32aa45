"""A file is whole or not there; what killed writes left is removed, and nothing else."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

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
