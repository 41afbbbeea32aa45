"""Children that end with their parent."""

from pathlib import Path

import httpx
import psutil
import pytest

from demo.child import Child, ChildError


def test_a_child_says_where_it_listens_and_ends_when_told(tmp_path: Path) -> None:
    child = Child("demo.portal", ("--latency-ms", "0"), tmp_path / "logs" / "portal.log", {})
    assert httpx.get(f"{child.url}/phone.json", trust_env=False).json()["otp"] is None
    child.stop()
    assert not psutil.pid_exists(child.pid)
    assert child.url in (tmp_path / "logs" / "portal.log").read_text()


def test_a_child_that_cannot_start_is_named_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "portal.log"
    with pytest.raises(ChildError, match=r"demo\.portal did not start; see .*portal\.log"):
        Child("demo.portal", ("--faults", "nonsense"), log, {})
    assert "--faults" in log.read_text()
