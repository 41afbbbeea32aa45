"""The log is JSON lines; what is logged of an error names nobody."""

import json
from pathlib import Path

import pytest
import structlog

from agent_core.errors import RequestError
from agent_core.logs import close_log, fault_of, open_log, set_level
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


def test_a_fault_is_told_by_kind_and_place_without_its_message() -> None:
    with pytest.raises(ValueError, match="canary") as caught:
        int("canary")
    fault = fault_of(caught.value)
    assert fault["error"] == "ValueError"
    assert fault["at"].startswith("test_logs.py:")
    assert "canary" not in str(fault)


def test_an_error_of_ours_has_its_reason() -> None:
    assert fault_of(RequestError(Reason.LOGIN_BUSY))["reason"] == "login.busy"
