"""The log is JSON lines; what is logged of an error names nobody."""

import json
from pathlib import Path

import pytest
import structlog

from agent_core import logs
from agent_core.errors import RequestError
from agent_core.logs import close_log, fault_of, log_bytes, log_files, log_texts, open_log, set_level
from protocol.reasons import Reason


def test_lines_are_json_from_the_level_on(tmp_path: Path) -> None:
    handler = open_log(tmp_path / "logs", "warning")
    log = structlog.get_logger()
    log.info("too_quiet")
    log.warning("kept", job_id="7")
    set_level("info")
    log.info("kept_too")
    close_log(handler)
    lines = [json.loads(line) for line in (tmp_path / "logs" / "agent.log").read_text().splitlines()]
    assert [(line["event"], line.get("job_id")) for line in lines] == [("kept", "7"), ("kept_too", None)]


def test_the_whole_log_never_takes_more_than_its_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    handler = open_log(tmp_path, "info")
    log = structlog.get_logger()
    for number in range(300):
        log.info("written", number=number)
    close_log(handler)
    files = log_files(tmp_path)
    assert [file.name for file in files] == ["agent.log", *(f"agent.log.{n}" for n in range(1, 6))]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert 5 * 1_800 < log_bytes(tmp_path) <= 6 * 2_000
    assert json.loads(files[0].read_text().splitlines()[-1])["number"] == 299


def test_a_log_that_is_not_there_takes_no_room(tmp_path: Path) -> None:
    assert log_bytes(tmp_path / "nowhere") == 0


def test_a_fault_is_told_by_kind_and_place_without_its_message() -> None:
    with pytest.raises(ValueError, match="canary") as caught:
        int("canary")
    fault = fault_of(caught.value)
    assert fault["error"] == "ValueError"
    assert fault["at"].startswith("test_logs.py:")
    assert "canary" not in str(fault)


def test_an_error_of_ours_has_its_reason() -> None:
    assert fault_of(RequestError(Reason.LOGIN_BUSY))["reason"] == "login.busy"


def test_a_file_that_is_renamed_meanwhile_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "agent.log").write_text("now\n")
    gone = tmp_path / "agent.log.1"
    monkeypatch.setattr(logs, "log_files", lambda folder: [folder / "agent.log", gone])
    assert log_texts(tmp_path) == {"agent.log": "now\n"}
