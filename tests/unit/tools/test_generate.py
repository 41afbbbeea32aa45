from pathlib import Path

import pytest

from tools import generate


@pytest.fixture
def one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "GENERATED", {"page.md": lambda: "new\n"})


@pytest.mark.usefixtures("one_file")
def test_a_missing_or_different_file_is_stale(tmp_path: Path) -> None:
    assert generate.stale(tmp_path) == ["page.md"]
    (tmp_path / "page.md").write_text("old\n")
    assert generate.stale(tmp_path) == ["page.md"]


@pytest.mark.usefixtures("one_file")
def test_what_was_written_is_fresh(tmp_path: Path) -> None:
    generate.write(tmp_path)
    assert generate.stale(tmp_path) == []
