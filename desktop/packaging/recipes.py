"""What goes into the two frozen programs, as data.

Everything of the product's own comes from the staged sources, whole. Of what is installed beside it, only
what the product reaches by imports; `excluded` cuts off what its dependencies would use if it were there.
"""

from dataclasses import dataclass

PROGRAM = "njordhr"
LAUNCHER = "njordhr-launcher"

_NEVER = (
    "tkinter",
    "readline",
    "rlcompleter",
    "unittest",
    "pydoc_data",
    "lib2to3",
    "test",
    "ensurepip",
    "idlelib",
    "doctest",
    "pdb",
)
_TOOLS = (
    "pytest",
    "_pytest",
    "hypothesis",
    "mypy",
    "setuptools",
    "distutils",
    "pip",
    "PyInstaller",
    "pluggy",
)
_UNUSED = (
    "IPython", "PIL", "anyio", "asn1crypto", "attr", "attrs", "botocore", "cffi", "dns", "email_validator",
    "gi", "greenlet", "h2", "hpack", "hyperframe", "markdown_it", "multiprocessing", "numpy", "outcome",
    "pkcs11", "psycopg", "pycparser", "pygments", "rich", "sortedcontainers", "tomli", "trio", "yaml", "zope",
)  # fmt: skip
_PYWEBVIEW = ("bottle", "qtpy", "PyQt5", "PyQt6", "PySide2", "gi", "clr", "cefpython3", "android")
"""`bottle` and `qtpy` are stood in for: see `desktop.no_server` and `desktop.qt_names`."""

_SYSTEM_LIBRARIES = (
    "libpython3*", "libssl.so*", "libcrypto.so*", "libffi.so*", "libsqlite3.so*", "libexpat.so*", "libz.so*",
    "libbz2.so*", "liblzma.so*", "libuuid.so*", "libmpdec.so*",
)  # fmt: skip
"""Shared libraries of the build machine that Python's own modules need. The others (X11, fonts, NSS) are the
system's that the program runs on: they go together with its drivers and its configuration."""


_DRIVER_FINDERS = ("linux-x86_64", "linux-arm64", "linux", "macos", "windows")
"""Where Selenium keeps the programs that find a browser's driver: one for each system."""
_UNREAD = (
    "agent_core/openapi.json",
    "h2-*",
    "email_validator-*",
    "trio-*",
    "*/LICENSE*",
    "*.pyi",
    "*/py.typed",
)


@dataclass(frozen=True)
class Recipe:
    """One frozen program.

    Attributes:
        name: of the program and its folder.
        module: has ``main(arguments) -> int``.
        packages: all modules of these go in.
        hidden: modules that are imported by a name made at run time.
        whole: installed packages whose modules import each other by names made at run time.
        excluded: modules and packages that must not go in.
        left_out: patterns of files that packages bring and nothing here reads.
        libraries: patterns of shared libraries of the system that go in.
        has_window: Windows opens no console for it.
    """

    name: str
    module: str
    packages: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    libraries: tuple[str, ...] = _SYSTEM_LIBRARIES
    has_window: bool = True


def program(system: str, finder: str) -> Recipe:
    """Return the recipe of the desktop app.

    Args:
        system: as ``sys.platform`` names it.
        finder: the folder of `_DRIVER_FINDERS` that this system's program is in.
    """
    renderers = {"linux": ("qt",), "darwin": ("cocoa",), "win32": ("winforms", "edgechromium")}
    qt = (
        "QtCore",
        "QtGui",
        "QtNetwork",
        "QtWebChannel",
        "QtWebEngineCore",
        "QtWebEngineWidgets",
        "QtWidgets",
    )
    window = tuple(f"webview.platforms.{name}" for name in renderers[system])
    foreign = (name for name in _DRIVER_FINDERS if name != finder)
    unused = set(_PYWEBVIEW) - ({"clr"} if system == "win32" else set())
    return Recipe(
        name=PROGRAM,
        module="desktop.__main__",
        packages=("agent_core", "desktop", "protocol", "signing", "update_manifest"),
        hidden=(*window, *((f"PySide6.{name}" for name in qt) if system == "linux" else ())),
        whole=(
            "apiflask",
            *(f"selenium.webdriver.{name}" for name in ("chrome", "chromium", "edge", "remote", "common")),
        ),
        excluded=(*_NEVER, *_TOOLS, *_UNUSED, *sorted(unused)),
        libraries=_libraries(system),
        left_out=(*_UNREAD, *(f"selenium/webdriver/common/{place}/*" for place in foreign)),
    )


def launcher(system: str) -> Recipe:
    """Return the recipe of the launcher, which is of the standard library but for the product's own.

    Args:
        system: as ``sys.platform`` names it.
    """
    return Recipe(
        name=LAUNCHER,
        module="desktop.launcher.__main__",
        packages=("desktop.launcher",),
        excluded=(*_NEVER, *_TOOLS, *_UNUSED, "webview", "PySide6", "pydantic", "structlog", "cryptography"),
        libraries=_libraries(system),
    )


def _libraries(system: str) -> tuple[str, ...]:
    """Return what goes in of the build machine's; only on Linux is the system's own found among it."""
    return _SYSTEM_LIBRARIES if system == "linux" else ("*",)
