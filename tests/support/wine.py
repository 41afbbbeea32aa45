"""A Windows of one's own: wine with a folder and a display that only this test has."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("wine", "wineserver", "Xvfb")
PATIENCE_SECONDS = 170
_SERVERS = ("/usr/lib/wine", "/usr/lib/wine-stable")


def missing() -> list[str]:
    """Return what is not installed here."""
    return [name for name in PROGRAMS if _find(name) is None]


class Wine:
    """One installation of wine."""

    def __init__(self, folder: Path, display: str) -> None:
        """Use this folder, made when it is not there, and this display."""
        folder.mkdir(exist_ok=True)
        self._env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "DISPLAY": display,
            "LC_ALL": "C",
        }
        self.drive = folder / "prefix" / "drive_c"

    @property
    def person(self) -> Path:
        """The person's folder."""
        (person,) = (path for path in (self.drive / "users").iterdir() if path.name != "Public")
        return person

    def run(self, *command: str | Path, env: Mapping[str, str] | None = None) -> int:
        """Run a Windows program and wait until it has ended; return its exit code."""
        line = ["wine", *map(str, command)]
        done = subprocess.run(
            line, env={**self._env, **(env or {})}, check=False, timeout=PATIENCE_SECONDS, capture_output=True
        )
        return done.returncode

    def settle(self) -> None:
        """Wait until every program of this Windows has ended."""
        self._server("-w")

    def registry(self, key: str) -> str:
        """Return what a key of the person's registry has; empty when it is not there."""
        line = ["wine", "reg", "query", f"HKCU\\{key}"]
        done = subprocess.run(
            line, env=self._env, check=False, timeout=PATIENCE_SECONDS, capture_output=True, text=True
        )
        return done.stdout if done.returncode == 0 else ""

    def end(self) -> None:
        """End every program of this Windows."""
        self._server("-k")
        self._server("-w")

    def _server(self, what: str) -> None:
        server = _find("wineserver")
        assert server is not None
        subprocess.run(
            [server, what], env=self._env, check=False, timeout=PATIENCE_SECONDS, capture_output=True
        )


@contextmanager
def wine(folder: Path) -> Iterator[Wine]:
    """Have a Windows of one's own for a while; all that runs in it is ended with it."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as display:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        own = Wine(folder, f":{number}")
        try:
            own.run("wineboot", "-i")
            own.run("reg", "add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f")
            yield own
        finally:
            own.end()
            display.terminate()


def _find(name: str) -> str | None:
    path = os.pathsep.join([os.environ.get("PATH", ""), *_SERVERS])
    return shutil.which(name, path=path) or shutil.which(f"{name}64", path=path)
