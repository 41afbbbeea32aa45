"""Diagnostics say what support needs, and nothing personal."""

import getpass
import platform
from pathlib import Path

from desktop.diagnostics import diagnostics
from protocol.reasons import Reason


def test_nothing_personal_is_in_them() -> None:
    text = diagnostics(Reason.AGENT_STORE_DAMAGED, "ValueError at folder.py:12")
    assert "Agent: agent.store-damaged" in text
    assert "Fault: ValueError at folder.py:12" in text
    assert str(Path.home()) not in text
    assert platform.node() not in text
    assert f" {getpass.getuser()}" not in text


def test_a_running_agent_is_said_to_run() -> None:
    assert "Agent: running" in diagnostics(None)
    assert "Fault" not in diagnostics(None)
