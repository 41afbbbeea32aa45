"""Knocking at the first start's door: by its owner, once, and answered by nobody else."""

import os
from pathlib import Path

import pytest

from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from agent_core.runtime.second_start import PORT_FILE, announce, ask_to_show, is_knock, withdraw

NAME = "k" * 43


class Shown:
    """A window that counts."""

    def __init__(self) -> None:
        self.times = 0

    def bring_up(self) -> None:
        self.times += 1

    def call_for_attention(self, message: str) -> None:
        self.message = message

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        return f"{folder}/{file_name}"

    def choose_folder(self, start: str) -> str | None:
        del start
        return None


def test_a_second_start_shows_the_window_of_the_first(tmp_path: Path) -> None:
    options = AgentOptions(tmp_path, tmp_path / "agent.json", preferred_port=0, secrets=MemorySecrets())
    agent, window = build_agent(options), Shown()
    assert not ask_to_show(tmp_path)
    agent.start()
    try:
        assert not ask_to_show(tmp_path)  # an agent without a window
        agent.offer_window(window)
        assert ask_to_show(tmp_path)
        assert window.times == 1
        assert not list(tmp_path.glob("knock-*"))
    finally:
        agent.stop()
    assert not (tmp_path / PORT_FILE).exists()


def test_a_port_that_nobody_answers_on_shows_nothing(tmp_path: Path) -> None:
    announce(tmp_path, 1)
    assert not ask_to_show(tmp_path)
    (tmp_path / PORT_FILE).write_text("no port")
    assert not ask_to_show(tmp_path)
    withdraw(tmp_path)
    withdraw(tmp_path)
    assert not ask_to_show(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_knock_counts_once(tmp_path: Path) -> None:
    (tmp_path / f"knock-{NAME}").touch()
    assert is_knock(tmp_path, NAME)
    assert not is_knock(tmp_path, NAME)


@pytest.mark.parametrize("name", ["", "short", "../" + "k" * 40, "k" * 44, "k" * 42 + "/"])
def test_only_a_name_that_cannot_be_guessed_is_looked_for(tmp_path: Path, name: str) -> None:
    assert not is_knock(tmp_path / "data", name)


def test_a_link_or_a_strangers_file_is_no_knock(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / f"knock-{NAME}").symlink_to(tmp_path / "file")
    assert not is_knock(tmp_path, NAME)
    (tmp_path / f"knock-{NAME}").unlink()
    (tmp_path / f"knock-{NAME}").touch()
    if os.geteuid() == 0:
        os.chown(tmp_path / f"knock-{NAME}", 65534, -1)
        assert not is_knock(tmp_path, NAME)


def test_knocks_that_nobody_answered_are_cleared_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / f"knock-{NAME}").touch()
    announce(tmp_path, 47130)
    assert [file.name for file in tmp_path.iterdir()] == [PORT_FILE]
