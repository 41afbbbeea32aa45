"""Which build of NjordHR this is, and what was packed beside the program."""

import sys
from pathlib import Path

from agent_core import VERSION
from agent_core.store.schema import MIGRATIONS
from update_manifest.build_info import BuildInfo, build_info, resources_of, source_build

OLDEST_SCHEMA = 0
"""Records of each earlier version are migrated; see `agent_core.store.schema`."""
WEB_UI = "web_ui"


def this_build() -> BuildInfo:
    """Return which build this process is.

    Raises:
        UpdateError: `BUILD_UNKNOWN`: a frozen program that nothing was packed with.
    """
    return build_info(source_build(VERSION, OLDEST_SCHEMA, len(MIGRATIONS)))


def web_ui_dir() -> Path:
    """Return where the page's files are: beside the frozen program, or where the sources' build puts them."""
    if getattr(sys, "frozen", False):
        return resources_of(Path(sys.executable)) / WEB_UI
    return Path(__file__).resolve().parents[1] / WEB_UI / "dist"
