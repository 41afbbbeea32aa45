"""Whether a window can be shown here."""

from collections.abc import Mapping


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Tell whether this session has a screen.

    Args:
        platform: as ``sys.platform`` names it.
        environ: the process's environment.
    """
    if platform in {"win32", "darwin"}:
        return True
    if environ.get("QT_QPA_PLATFORM") == "offscreen":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
