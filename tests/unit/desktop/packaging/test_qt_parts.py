import sys
from pathlib import Path

import pytest

from desktop.packaging import qt_parts


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "PySide6"
    for pattern in qt_parts.PARTS:
        file = folder / pattern.replace("*", "x")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (folder / "Qt" / "resources" / "qtwebengine_devtools_resources.pak").touch()
    (folder / "Qt" / "libexec" / "QtWebEngineProcess").chmod(0o755)
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "PySide6", raising=False)
    return folder


def test_what_is_listed_is_copied_and_nothing_else(installed: Path, tmp_path: Path) -> None:
    qt_parts.copy_qt(tmp_path / "to")

    copied = [path for path in (tmp_path / "to").rglob("*") if path.is_file()]
    assert len(copied) == len(qt_parts.PARTS)
    assert (tmp_path / "to" / "PySide6" / "Qt" / "libexec" / "QtWebEngineProcess").stat().st_mode & 0o100
    assert not [path for path in copied if "devtools" in path.name]


def test_a_part_that_is_not_there_any_more_is_said(installed: Path, tmp_path: Path) -> None:
    (installed / "Qt" / "resources" / "icudtl.dat").unlink()

    with pytest.raises(LookupError, match="icudtl"):
        qt_parts.copy_qt(tmp_path / "to")
