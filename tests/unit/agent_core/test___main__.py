"""The command line; as a process it is tried in `tests/integration/agent/test_process.py`."""

import json
from pathlib import Path

import pytest

from agent_core.__main__ import main


def test_it_prints_the_openapi_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["info"]["title"] == "NjordHR local API"


def test_what_stops_the_start_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "agent.json"
    config.write_text("{", encoding="utf-8")
    assert main(["--config", str(config), "--data", str(tmp_path), "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert "The settings file on this computer cannot be read." in said
    assert "settings.unreadable" in said


def test_damaged_records_say_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agent.sqlite3").write_bytes(b"not a database" * 100)
    asked = ["--config", str(tmp_path / "agent.json"), "--data", str(tmp_path), "--port", "0"]
    assert main(asked) == 1
    assert "agent.sqlite3: damaged" in capsys.readouterr().err
    (tmp_path / "agent.json").write_text("{", encoding="utf-8")  # or the agent would run on
    assert main([*asked, "--begin-anew"]) == 1
    assert f"kept in {tmp_path / 'damaged-'}" in capsys.readouterr().out


def test_an_option_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--host", "0.0.0.0"])
    assert "--host" in capsys.readouterr().err
