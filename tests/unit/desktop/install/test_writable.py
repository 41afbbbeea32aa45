"""Whether an installation can change itself."""

from pathlib import Path

import pytest

from desktop.install.places import Places
from desktop.install.writable import is_writable


def test_a_folder_of_ones_own_is_writable_and_nothing_stays_in_it(tmp_path: Path) -> None:
    assert is_writable(Places(tmp_path))
    assert [path.name for path in tmp_path.rglob("*")] == ["versions"]


def test_a_file_in_the_way_is_not(tmp_path: Path) -> None:
    (tmp_path / "versions").write_text("x", encoding="ascii")
    assert not is_writable(Places(tmp_path))


@pytest.mark.parametrize("number", [13, 28, 30])
def test_a_disk_that_refuses_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "refused")

    monkeypatch.setattr("desktop.install.writable.os.open", refuse)
    assert not is_writable(Places(tmp_path))
