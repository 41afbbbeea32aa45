"""What closing and the menu mean, without a window."""

from pathlib import Path

import pytest

from agent_core.errors import RequestError
from agent_core.ports import NativeWindow
from desktop.app import TOLD_FILE, App, same_page
from desktop.closing import Closing
from desktop.menu import Action
from protocol.reasons import Reason

FRESH = "http://127.0.0.1:5/app/#code=new"


class Agent:
    def __init__(self, downloading: bool | None = False) -> None:
        self.downloading = downloading

    def launch_url(self) -> str:
        return FRESH

    def has_page(self) -> bool:
        return True

    def is_downloading(self) -> bool:
        if self.downloading is None:
            raise RequestError(Reason.AGENT_STOPPING)
        return self.downloading

    def offer_window(self, window: NativeWindow | None) -> None:
        del window


def app(folder: Path, *, hides: bool, downloading: bool | None = False, why: Reason | None = None) -> App:
    return App(Agent(downloading), storage=folder, logs=folder / "logs", why=lambda: why, hides=hides)


@pytest.mark.parametrize(
    ("hides", "downloading", "why", "told", "expected"),
    [
        (False, False, None, False, Closing.END),
        (False, True, None, False, Closing.ASK),
        (True, False, None, True, Closing.HIDE),
        (True, True, None, True, Closing.HIDE),
        (True, False, None, False, Closing.STAY),
        (True, None, Reason.AGENT_STORE_DAMAGED, True, Closing.END),
    ],
)
def test_what_becomes_of_a_window_that_is_closed(
    tmp_path: Path,
    hides: bool,
    downloading: bool | None,
    why: Reason | None,
    *,
    told: bool,
    expected: Closing,
) -> None:
    if told:
        (tmp_path / TOLD_FILE).touch()
    assert app(tmp_path, hides=hides, downloading=downloading, why=why).closing() is expected


def test_without_a_window_the_menu_does_nothing(tmp_path: Path) -> None:
    app(tmp_path, hides=True).do(Action.QUIT)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:5/app/review?rank=Bosun", "http://127.0.0.1:5/app/review?rank=Bosun#code=new"),
        ("http://127.0.0.1:9/key/", None),
        ("", None),
    ],
)
def test_a_page_is_loaded_again_where_it_was(address: str, expected: str | None) -> None:
    assert same_page(address, FRESH) == expected
