"""What the demo says on the terminal."""

import io

from rich.console import Console

from demo import accounts, screen
from demo.portal.state import DEMO_ACCOUNT

ADDRESS = "http://127.0.0.1:47130/app/#code=" + "x" * 43


def _said(address: str | None, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    screen.welcome(console, address, "http://127.0.0.1:1/phone", "http://127.0.0.1:1", "/home/kari/Resumes")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_everything_to_type_and_to_open_is_there() -> None:
    said = _said(ADDRESS, 80)
    assert "…" not in said
    assert ADDRESS in said
    assert "http://127.0.0.1:1/phone" in said
    for word in (DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone):
        assert word in said
    for member in accounts.MEMBERS:
        assert member.email in said
        assert member.password in said


def test_the_address_is_whole_on_a_narrow_terminal() -> None:
    assert f"Open {ADDRESS}\n" in _said(ADDRESS, 40)


def test_with_a_window_no_address_is_printed_before_it_is_asked_for() -> None:
    assert "#code=" not in _said(None, 120)
