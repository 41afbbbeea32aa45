"""The beginning of Qt's web engine, before there is a window."""

from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import QApplication

PROGRAM = "NjordHR"
"""By this name the system's task bar and caches know the program, whatever file it was started from."""


def begin_engine() -> None:
    """Start the engine's processes and threads; on the main thread.

    They are the same for all profiles and stay until the end, so the profile that starts them need not.
    """
    if QApplication.instance() is None:
        QApplication([PROGRAM])
    QWebEngineProfile()
