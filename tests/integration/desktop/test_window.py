"""The window, in a real Qt web view without a screen, on a real agent's page under its real policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.reasons import Reason
from tests.support.desk import Desk, at_the_desk

DIALOG = "app.activeModalWidget()"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with at_the_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


def test_the_window_shows_the_agents_page(desk: Desk) -> None:
    with desk.page() as page:
        assert page.inner_text("h1") == "The page of the agent"
        assert page.evaluate("call('GET', '/health')")[1]["native_dialogs"] is True


def test_a_folder_is_chosen_in_the_systems_dialog(desk: Desk, tmp_path: Path) -> None:
    with desk.page() as page:
        page.evaluate("window.chosen = call('POST', '/dialogs/folder'); 1")
        desk.until(f"{DIALOG} is not None")
        status, refusal = page.evaluate("call('POST', '/dialogs/folder')")
        assert (status, refusal["reason"]) == (409, Reason.WINDOW_DIALOG_OPEN)
        desk.ask(f"{DIALOG}.setDirectory({str(tmp_path)!r})")
        desk.ask(f"{DIALOG}.findChild(QtWidgets.QLineEdit).setText({str(tmp_path)!r})")
        desk.ask(f"{DIALOG}.accept()")
        assert page.evaluate("window.chosen") == [200, {"path": str(tmp_path)}]


def test_closing_the_dialog_chooses_nothing(desk: Desk) -> None:
    with desk.page() as page:
        page.evaluate("window.chosen = call('POST', '/dialogs/folder'); 1")
        desk.until(f"{DIALOG} is not None")
        desk.ask(f"{DIALOG}.reject()")
        assert page.evaluate("window.chosen") == [200, {"path": None}]
