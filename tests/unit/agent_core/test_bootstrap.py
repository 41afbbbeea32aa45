"""The composition root: what it refuses, and that it leaves nothing open."""

import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.errors import AgentError
from agent_core.keychain import MemorySecrets
from protocol.reasons import Reason
from tests.support.agent_rig import SwitchInMemory


def options(folder: Path, port: int = 0) -> AgentOptions:
    return AgentOptions(folder / "data", folder / "agent.json", preferred_port=port, secrets=MemorySecrets())


def refusal(folder: Path) -> Reason:
    with pytest.raises(AgentError) as caught:
        build_agent(options(folder)).start()
    return caught.value.reason


def test_an_agent_starts_hands_out_fresh_addresses_and_stops(tmp_path: Path) -> None:
    threads = threading.active_count()
    agent = build_agent(options(tmp_path))
    assert not (tmp_path / "data").exists()
    agent.start()
    first, second = agent.launch_url(), agent.launch_url()
    assert first != second
    assert first.startswith(f"http://127.0.0.1:{agent.port}/app/#code=")
    assert not agent.is_downloading()
    agent.stop()
    agent.stop()
    with pytest.raises(AgentError) as caught:
        agent.launch_url()
    assert caught.value.reason is Reason.AGENT_STOPPING
    deadline = time.monotonic() + 20
    while threading.active_count() > threads and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == threads


def test_an_agent_on_probation_works_only_when_it_is_let_go(tmp_path: Path) -> None:
    switch = SwitchInMemory()
    held = replace(options(tmp_path), held=True, auto_start=switch)
    (tmp_path / "agent.json").write_text('{"auto_start": true}', encoding="utf-8")
    export = tmp_path / "data" / "exports" / "left.zip"
    agent = build_agent(held)
    agent.release()
    agent.start()
    try:
        export.parent.mkdir(exist_ok=True)
        export.write_bytes(b"left by the version before")
        working = {"portal", "relay", "heartbeat", "commands", "attention"}
        assert not working & {thread.name for thread in threading.enumerate()}
        assert agent.is_sound()
        assert not agent.is_downloading()
        assert agent.services.is_held()
        agent.release()
        agent.release()
        assert not agent.services.is_held()
        assert not export.exists()
        assert "portal" in {thread.name for thread in threading.enumerate()}
    finally:
        agent.stop()


def test_an_agent_that_never_was_let_go_ends_as_any_other(tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    agent = build_agent(replace(options(tmp_path), held=True))
    agent.start()
    agent.stop()
    agent.release()
    assert not [thread for thread in threading.enumerate() if thread not in threads and not thread.daemon]


def test_a_port_that_is_taken_is_no_obstacle(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        agent = build_agent(options(tmp_path, port))
        agent.start()
        assert agent.port != port
        agent.stop()


def test_two_agents_on_the_same_records_are_refused_and_on_others_are_not(tmp_path: Path) -> None:
    first = build_agent(options(tmp_path))
    first.start()
    assert refusal(tmp_path) is Reason.AGENT_ALREADY_RUNNING
    other = build_agent(options(tmp_path / "other"))
    other.start()
    other.stop()
    first.stop()
    again = build_agent(options(tmp_path))
    again.start()
    again.stop()


def test_settings_that_cannot_be_read_stop_the_start_and_stay(tmp_path: Path) -> None:
    (tmp_path / "agent.json").write_text("{", encoding="utf-8")
    assert refusal(tmp_path) is Reason.SETTINGS_UNREADABLE
    assert (tmp_path / "agent.json").read_text(encoding="utf-8") == "{"


def test_damaged_records_stop_the_start_and_lock_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    damaged = tmp_path / "data" / "agent.sqlite3"
    damaged.write_bytes(b"not a database, whatever it is" * 100)
    assert refusal(tmp_path) is Reason.AGENT_STORE_DAMAGED
    damaged.unlink()
    agent = build_agent(options(tmp_path))
    agent.start()
    agent.stop()
