"""Whether Windows has the web view that the window needs: Microsoft Edge WebView2, the Evergreen runtime.

Without it pywebview would fall back to Internet Explorer's engine without a word, and
the page would not work.
"""

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from protocol.reasons import Reason

DOWNLOAD_URL = "https://go.microsoft.com/fwlink/p/?LinkId=2124703"
RENDERER: Final = "edgechromium"
LOCAL_MACHINE, CURRENT_USER = "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"
OLDEST = (86, 0, 622, 0)
"""The first version that pywebview can use."""

_RUNTIME = "{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
PLACES: Sequence[tuple[str, str]] = (
    (LOCAL_MACHINE, rf"SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{_RUNTIME}"),
    (LOCAL_MACHINE, rf"SOFTWARE\Microsoft\EdgeUpdate\Clients\{_RUNTIME}"),
    (CURRENT_USER, rf"Software\Microsoft\EdgeUpdate\Clients\{_RUNTIME}"),
)
"""Where the runtime's installer writes its version: on 64-bit Windows, on 32-bit Windows, for one person."""

_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){3}")
_ICON_WARNING, _YES_NO, _FOREGROUND, _YES = 0x30, 0x4, 0x10000, 6


class WebViewMissingError(Exception):
    """Windows has not the web view that the window needs."""


ReadVersion = Callable[[str, str], str | None]
"""Hive and key -> the text of the value ``pv``; nothing when there is none."""


def installed_version(read: ReadVersion) -> str | None:
    """Return the version of the runtime that Windows would use; nothing when none can be used.

    Args:
        read: looks into the registry.
    """
    found = [version for hive, key in PLACES if (version := read(hive, key)) and _is_usable(version)]
    return max(found, key=_numbers, default=None)


def _is_usable(version: str) -> bool:
    """Tell whether this is a version: an uninstalled runtime leaves an empty one, or 0.0.0.0."""
    return _VERSION.fullmatch(version) is not None and _numbers(version) >= OLDEST


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def registry_reader(winreg: Any) -> ReadVersion:
    """Return the reader of the real registry.

    Args:
        winreg: the standard library's module, which only Windows has.
    """

    def read(hive: str, key: str) -> str | None:
        try:
            with winreg.OpenKey(getattr(winreg, hive), key) as opened:
                value = winreg.QueryValueEx(opened, "pv")[0]
        except OSError:  # the key or the value is not there, or not ours to read
            return None
        return value if isinstance(value, str) else None

    return read


def is_missing(platform: str) -> bool:
    """Tell whether this is a Windows without the web view.

    Args:
        platform: as ``sys.platform`` names it.
    """
    if platform != "win32":
        return False
    return installed_version(registry_reader(importlib.import_module("winreg"))) is None


def tell_and_offer(user32: Any, open_page: Callable[[str], object]) -> None:
    """Say in a plain message box what is missing, and open the download's page if the person wants.

    Args:
        user32: the system's library of that name.
        open_page: opens an address in the person's browser.
    """
    reason = Reason.WINDOW_WEB_VIEW_MISSING
    text = f"{reason.sentence}\n\n{reason.next_step}\n\nOpen the download page now?"
    answer = user32.MessageBoxW(None, text, "NjordHR", _ICON_WARNING | _YES_NO | _FOREGROUND)
    if answer == _YES:
        open_page(DOWNLOAD_URL)
