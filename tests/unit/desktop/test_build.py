import sys
from pathlib import Path

import pytest

from agent_core import VERSION
from desktop.build import this_build, web_ui_dir
from tests.support.tree import ROOT


def test_sources_have_the_version_that_they_say() -> None:
    assert (this_build().version, this_build().channel) == (VERSION, "source")


def test_the_page_is_where_the_web_uis_build_puts_it_or_beside_the_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert web_ui_dir() == ROOT / "web_ui" / "dist"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "njordhr"))
    assert web_ui_dir() == tmp_path / "web_ui"
