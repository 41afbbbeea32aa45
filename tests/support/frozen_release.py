"""Real bundles of the product, made of its sources as they are or with a line changed."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from agent_core.store.schema import MIGRATIONS
from desktop.packaging.bundle import Order, make_launcher, make_program
from desktop.packaging.staged_sources import PACKAGES
from tests.support.tree import ROOT
from update_manifest.build_info import this_platform

Change = tuple[str, str]
"""A line as it is, and as it becomes."""
DEBUGGING_DOOR: Mapping[str, Change] = {
    "desktop/__main__.py": (
        "hidden=asked.hidden, updating",
        'hidden=asked.hidden, remote_debugging=os.environ.update(QTWEBENGINE_REMOTE_DEBUGGING=f"127.0.0.1:'
        "{__import__('socket').create_server(('127.0.0.1', 0)).getsockname()[1]}\") is None, updating",
    )
}
"""Without it nobody can look into the window of a frozen program from outside, a test neither. Each start
has a port of its own: the engine takes none that was open a moment ago."""


class BundleMaker:
    """Makes bundles; only the first is analysed from the beginning."""

    def __init__(self, folder: Path) -> None:
        """Work in this folder."""
        self.folder = folder
        self._sources = folder / "repository"
        for package in PACKAGES:
            shutil.copytree(
                ROOT / package, self._sources / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        (self._sources / "web_ui").mkdir()
        (self._sources / "web_ui" / "dist").symlink_to(ROOT / "web_ui" / "dist")

    def program(
        self, version: str, trust: Path | None, changes: Mapping[str, Change] = DEBUGGING_DOOR
    ) -> Path:
        """Make the app with these lines changed; what an earlier one had changed is as it was again."""
        as_it_was = {path: (self._sources / path).read_bytes() for path in changes}
        for path, change in changes.items():
            self._change(path, change)
        try:
            return make_program(
                self._order(version, trust), self.folder / "work", self.folder / "bundles" / version
            )
        finally:
            for path, content in as_it_was.items():
                (self._sources / path).write_bytes(content)

    def launcher(self) -> Path:
        """Make the launcher."""
        return make_launcher(
            self._order("1.0.0", None), self.folder / "launcher-work", self.folder / "launcher"
        )

    def _change(self, path: str, change: Change) -> None:
        file = self._sources / path
        text = file.read_text(encoding="utf-8")
        assert text.count(change[0]) == 1, f"{path} has no such line any more: {change[0]}"
        file.write_text(text.replace(*change), encoding="utf-8")

    def _order(self, version: str, trust: Path | None) -> Order:
        return Order(
            root=self._sources,
            version=version,
            build=int(version.partition(".")[0]),
            channel="stable",
            platform=this_platform(),
            schema_max=len(MIGRATIONS),
            trust=trust,
        )
