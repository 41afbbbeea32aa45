"""What the window needs of Qt on Linux besides the libraries that its modules name: copied by this list.

A page is shown with 0.3 GB of it; PySide6 has 0.7 GB, PyInstaller's own choice is 0.6 GB. Developer tools,
QML, other languages of the engine's own words and printing to a printer are left out.
"""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

FOLDER = "PySide6"
PARTS = (
    "Qt/lib/libQt6WaylandClient.so.6",
    "Qt/lib/libQt6WlShellIntegration.so.6",
    "Qt/lib/libQt6XcbQpa.so.6",
    "Qt/libexec/QtWebEngineProcess",
    "Qt/plugins/imageformats/libqjpeg.so",
    "Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland*.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    "Qt/plugins/wayland-decoration-client/*.so",
    "Qt/plugins/wayland-graphics-integration-client/*.so",
    "Qt/plugins/wayland-shell-integration/*.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/resources/icudtl.dat",
    "Qt/resources/qtwebengine_resources*.pak",
    "Qt/resources/v8_context_snapshot.bin",
    "Qt/translations/qtwebengine_locales/en-US.pak",
)


def copy_qt(internal: Path) -> None:
    """Copy the parts that are listed into the frozen program's folder.

    Raises:
        LookupError: one of them is not installed.
    """
    installed = _installed()
    for file in _listed(installed):
        to = internal / FOLDER / file.relative_to(installed)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        shutil.copymode(file, to)


def _installed() -> Path:
    spec = find_spec(FOLDER)
    if spec is None or spec.origin is None:
        raise LookupError("PySide6 is not installed")
    return Path(spec.origin).parent


def _listed(installed: Path) -> Iterator[Path]:
    for pattern in PARTS:
        found = sorted(installed.glob(pattern))
        if not found:
            raise LookupError(f"PySide6 has no {pattern} any more")
        yield from found
