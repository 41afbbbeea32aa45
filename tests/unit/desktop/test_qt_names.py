import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.qt_names import QTPY, stand_in_for_qtpy
from tests.support.tree import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt is the window's toolkit on Linux only")


@pytest.fixture
def modules() -> dict[str, ModuleType]:
    found: dict[str, ModuleType] = {}
    stand_in_for_qtpy(found)
    return found


def asked_of_qtpy() -> list[tuple[str, str]]:
    """Read module and name of each import from QtPy in the installed pywebview's backend."""
    found = importlib.util.find_spec("webview")
    assert found is not None
    assert found.submodule_search_locations is not None
    source = Path(found.submodule_search_locations[0], "platforms", "qt.py").read_text(encoding="utf-8")
    return [
        (node.module, name.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == QTPY
        for name in node.names
    ]


def test_all_that_pywebview_asks_of_qtpy_is_there(modules: dict[str, ModuleType]) -> None:
    asked = asked_of_qtpy()
    assert len(asked) > 15
    assert [(module, name) for module, name in asked if not hasattr(modules[module], name)] == []


def test_pywebview_is_told_which_binding_it_is(modules: dict[str, ModuleType]) -> None:
    assert (modules[QTPY].PYSIDE6, modules[QTPY].PYQT6) == (True, False)


def test_nothing_changes_where_qtpy_is_loaded_already() -> None:
    loaded = ModuleType(QTPY)
    modules = {QTPY: loaded}
    stand_in_for_qtpy(modules)
    assert modules == {QTPY: loaded}


def test_pywebview_loads_with_it_and_without_the_graphics_modules() -> None:
    script = (
        "import sys; from desktop.qt_names import stand_in_for_qtpy; stand_in_for_qtpy(sys.modules);"
        "import webview.platforms.qt as backend;"
        "print(backend.renderer, backend._qt6);"
        "print(sorted({'PySide6.QtOpenGL', 'qtpy.compat'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split(maxsplit=2) == ["qtwebengine", "True", "[]\n"]
