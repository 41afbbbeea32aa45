"""Which file answers an address of the web UI; never one outside its folder."""

from pathlib import Path

import pytest

from agent_core.errors import RequestError
from agent_core.local_api.ui import _file, find, type_of


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("", encoding="utf-8")
    (folder / "assets" / "a.js").write_text("", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("", encoding="utf-8")
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", "index.html"),
        ("review/7", "index.html"),
        ("assets/a.js", "assets/a.js"),
        ("assets/b.js", None),
        ("../secret.txt", None),
        ("assets/../../secret.txt", None),
        ("/etc/passwd", None),
        ("leak.txt", None),
        ("a" * 5000, None),
        ("assets/" + "a/" * 5000, None),
        ("assets/\0.js", None),
    ],
)
def test_the_file_of_an_address(dist: Path, path: str, found: str | None) -> None:
    assert find(dist, path) == (None if found is None else dist / found)


def test_without_a_built_ui_there_are_no_pages(tmp_path: Path) -> None:
    assert find(tmp_path, "") is None
    with pytest.raises(RequestError):
        _file(None, "")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.mjs", "text/javascript"), ("a.wasm", "application/wasm"), ("a.css", "text/css"), ("a.b-c", None)],
)
def test_types_do_not_depend_on_the_system(name: str, media_type: str | None) -> None:
    assert type_of(Path(name)) == (media_type or "application/octet-stream")
