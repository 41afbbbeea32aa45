import subprocess
import sys
from pathlib import Path

import pytest

from agent_core.data_dir import default_data_dir
from tests.support.tree import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="the variable is Linux's")
def test_it_is_the_programs_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_data_dir() == tmp_path / "NjordHR"


def test_a_second_start_loads_neither_the_agent_nor_a_web_view() -> None:
    script = (
        "import sys, desktop.__main__;"
        "print(sorted({'pydantic', 'httpx', 'flask', 'webview', 'PySide6'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
