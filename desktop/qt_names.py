"""The names of Qt that pywebview asks of QtPy, straight from PySide6.

QtPy bridges four bindings. For that it loads every name of each module of Qt, and the graphics libraries
behind them: a fifth of the processor's time of a start, and memory as long as the window lives. There is one
binding here. What pywebview asks for and this table has not fails `tests/unit/desktop/test_qt_names.py`: it
is seen when pywebview is updated, and not when the window opens.
"""

import importlib
from collections.abc import Mapping, MutableMapping, Sequence
from types import ModuleType

QTPY = "qtpy"
WHOLE: Sequence[str] = ("QtCore", "QtGui", "QtNetwork", "QtWebChannel", "QtWebEngineCore")
"""Modules of which PySide6's own will do."""

JOINED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "QtWidgets": {
        "QtGui": ("QAction",),
        "QtWidgets": ("QApplication", "QFileDialog", "QMainWindow", "QMenuBar", "QMessageBox"),
    },
    "QtWebEngineWidgets": {
        "QtWebEngineCore": ("QWebEnginePage", "QWebEngineProfile", "QWebEngineSettings"),
        "QtWebEngineWidgets": ("QWebEngineView",),
    },
}
"""A module of QtPy -> where PySide6 has its names."""


def stand_in_for_qtpy(modules: MutableMapping[str, ModuleType]) -> None:
    """Let who imports QtPy from now on get PySide6; nothing changes where QtPy is loaded already.

    Args:
        modules: ``sys.modules``.
    """
    if QTPY in modules:
        return
    parts = {name: _pyside(name) for name in WHOLE}
    for name, places in JOINED.items():
        parts[name] = ModuleType(f"{QTPY}.{name}")
        for place, names in places.items():
            parts[name].__dict__.update({one: getattr(_pyside(place), one) for one in names})
    package = ModuleType(QTPY)
    package.__dict__.update(parts, PYQT6=False, PYSIDE6=True)
    modules[QTPY] = package
    modules.update({f"{QTPY}.{name}": part for name, part in parts.items()})


def _pyside(name: str) -> ModuleType:
    return importlib.import_module(f"PySide6.{name}")
