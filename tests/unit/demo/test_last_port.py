"""The simulated portal stays at its address from one start to the next."""

import socket
from pathlib import Path

import pytest

from demo.last_port import keep_port, last_port


def test_the_port_of_last_time_is_taken_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        keep_port(tmp_path / "port", f"http://127.0.0.1:{port}")
        assert last_port(tmp_path / "port") == 0  # somebody else has it
    keep_port(tmp_path / "port", "http://127.0.0.1:1")
    assert (tmp_path / "port").read_text() == "1\n"


def test_without_a_last_time_a_free_one_is_taken(tmp_path: Path) -> None:
    assert last_port(tmp_path / "port") == 0


@pytest.mark.parametrize("written", ["", "eighty", "-1", "70000", "9" * 5000, "\u00b2"])
def test_what_is_no_port_is_not_taken(tmp_path: Path, written: str) -> None:
    (tmp_path / "port").write_text(written, encoding="utf-8")
    assert last_port(tmp_path / "port") == 0


def test_a_free_port_is_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def bind(address: tuple[str, int]) -> socket.socket:
        asked.append(address)
        return socket.socket()

    monkeypatch.setattr(socket, "create_server", bind)
    keep_port(tmp_path / "port", "http://127.0.0.1:50123")
    assert last_port(tmp_path / "port") == 50123
    assert asked == [("127.0.0.1", 50123)]
