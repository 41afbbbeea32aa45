"""Whether the window's engine shows a page, tried without a window."""

from collections.abc import MutableMapping

from desktop import web_view2

PATIENCE_MS = 60_000
_TITLE = "it lives"
_PAGE = f"<!doctype html><title>no</title><script>document.title = {_TITLE!r}</script>"


def check_engine(system: str, environ: MutableMapping[str, str]) -> None:
    """Have the engine run a page's script.

    Args:
        system: as ``platform.system`` names it.
        environ: ``os.environ``.

    Raises:
        LookupError: there is no engine, or it did not show the page.
    """
    if system == "Windows" and web_view2.is_missing("win32"):
        raise LookupError("WebView2")
    if system == "Linux":
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _try_qt()


def _try_qt() -> None:
    from desktop.toolkit import ready_toolkit  # noqa: PLC0415 - it changes the environment

    ready_toolkit()
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 - Qt is installed on Linux only
    from PySide6.QtWebEngineCore import QWebEnginePage  # noqa: PLC0415 - as above

    loop, page = QEventLoop(), QWebEnginePage()
    page.titleChanged.connect(lambda title: loop.quit() if title == _TITLE else None)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    page.setHtml(_PAGE)
    loop.exec()
    if page.title() != _TITLE:
        raise LookupError("the page's script did not run")
