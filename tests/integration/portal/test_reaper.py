"""The browser of a killed agent is ended at the next start; nobody else's is."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from agent_core.errors import PortalSessionError
from agent_core.portal.browser import start_browser
from agent_core.portal.processes import BrowserRecord, read_record, start_driver, stop_driver
from agent_core.portal.reaper import reap
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in
from tests.integration.portal.test_browser import processes_of

KILLED_AGENT = """
import sys, time
from pathlib import Path
from agent_core.portal.browser import BrowserOptions, start_browser
start_browser(BrowserOptions(None, None, True, Path(sys.argv[1])), 10)
print("started", flush=True)
time.sleep(600)
"""


@pytest.fixture
def killed_agent(tmp_path: Path) -> Path:
    """Leave what a killed agent leaves, and return where."""
    agent = subprocess.Popen(
        [sys.executable, "-c", KILLED_AGENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert agent.stdout is not None
    assert agent.stdout.readline() == "started\n"
    agent.kill()
    agent.wait()
    agent.stdout.close()
    return tmp_path


def test_a_killed_agents_browser_is_ended(killed_agent: Path) -> None:
    assert processes_of(killed_agent)
    assert reap(killed_agent) == 1
    assert processes_of(killed_agent) == []
    assert list(killed_agent.iterdir()) == []
    assert reap(killed_agent) == 0


def test_the_browser_of_a_running_agent_is_left_alone(tmp_path: Path) -> None:
    browser = start_browser(browser_in(tmp_path), 5)
    try:
        assert reap(tmp_path) == 0
        assert browser.run("return 1") == 1
    finally:
        browser.close()


def test_somebody_elses_process_is_left_alone(tmp_path: Path) -> None:
    profile = tmp_path / "profile-x"
    profile.mkdir()
    record = {"owner_pid": 1, "owner_started": 1.0, "profile": str(profile), "started_at": 0.0}
    (tmp_path / "browser-x.json").write_text(json.dumps(record))
    reader = subprocess.Popen([sys.executable, "-c", "input()", f"{profile}/notes"], stdin=subprocess.PIPE)
    try:
        assert reap(tmp_path) == 1
        assert reader.poll() is None
    finally:
        reader.send_signal(signal.SIGKILL)
        reader.communicate()


@pytest.mark.parametrize("text", ["", "[]", '{"owner_pid": 1}', "not json"])
def test_a_record_that_cannot_be_read_is_left(tmp_path: Path, text: str) -> None:
    (tmp_path / "browser-x.json").write_text(text)
    assert reap(tmp_path) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["browser-x.json"]


def test_a_record_never_names_a_folder_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "documents"
    elsewhere.mkdir()
    root = tmp_path / "profiles"
    root.mkdir()
    record = {"owner_pid": 1, "owner_started": 1.0, "profile": str(elsewhere), "started_at": 0.0}
    (root / "browser-x.json").write_text(json.dumps(record))
    assert read_record(root / "browser-x.json") is None
    assert reap(root) == 0
    assert elsewhere.is_dir()


def test_an_id_that_is_used_again_is_not_taken_for_the_agent(tmp_path: Path) -> None:
    me = psutil.Process(os.getpid())
    profile = tmp_path / "profile-x"
    profile.mkdir()
    record = {
        "owner_pid": me.pid,
        "owner_started": me.create_time() - 100,
        "profile": str(profile),
        "started_at": 0.0,
    }
    (tmp_path / "browser-x.json").write_text(json.dumps(record))
    assert reap(tmp_path) == 1
    assert me.is_running()


def test_the_browser_of_a_dead_agent_that_nobody_has_collected_yet_is_an_orphan(tmp_path: Path) -> None:
    """A killed process stays in the table until its parent asks for it; its browser has no owner any more."""
    owner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        started = psutil.Process(owner.pid).create_time()
        record = BrowserRecord(owner.pid, started, str(tmp_path), started)
        assert not record.is_orphaned
        owner.kill()
        os.waitid(os.P_PID, owner.pid, os.WEXITED | os.WNOWAIT)  # dead, and left in the table
        assert record.is_orphaned
    finally:
        owner.kill()
        owner.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of this test is a script")
@pytest.mark.parametrize(("falls", "starts"), [(0, True), (2, True), (3, False)])
def test_a_driver_that_ends_itself_is_started_again(tmp_path: Path, falls: int, starts: bool) -> None:
    """As when the port that it chose is taken for the other family of addresses."""
    tries = tmp_path / "tries"
    script = tmp_path / "driver"
    script.write_text(
        f"#!/bin/sh\necho x >> '{tries}'\n[ $(wc -l < '{tries}') -gt {falls} ] || exit 1\n"
        "echo 'ChromeDriver was started successfully on port 4444.'\nexec sleep 600\n"
    )
    script.chmod(0o700)
    root = tmp_path / "profiles"
    if starts:
        driver = start_driver(str(script), root, os.environ)
        assert driver.address.endswith(":4444")
        stop_driver(driver)
    else:
        with pytest.raises(PortalSessionError) as caught:
            start_driver(str(script), root, os.environ)
        assert caught.value.reason is Reason.BROWSER_START
    assert len(tries.read_text().splitlines()) == min(falls + 1, 3)
    assert list(root.iterdir()) == []
