"""The window, in a real Qt web view without a screen, on a real agent's page under its real policy."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from agent_core.runtime.second_start import ask_to_show
from desktop.window import usual_folder
from protocol.reasons import Reason
from tests.support.agent_rig import eventually
from tests.support.desk import Desk, at_the_desk

DIALOG = "app.activeModalWidget()"
KEY, CONTROL = "QtCore.Qt.Key", "QtCore.Qt.KeyboardModifier.ControlModifier"
FIND = "window.findChild(QtWidgets.QToolBar).findChild(QtWidgets.QLineEdit)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Desk]:
    with at_the_desk(folder) as running:
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


def test_a_file_is_saved_where_the_person_says(desk: Desk, tmp_path: Path) -> None:
    with desk.page() as page:
        page.evaluate("window.saved = call('POST', '/diagnostics/save'); 1")
        desk.until(f"{DIALOG} is not None")
        assert page.evaluate("call('POST', '/dialogs/folder')")[1]["reason"] == Reason.WINDOW_DIALOG_OPEN
        assert desk.ask(f"{DIALOG}.selectedFiles()[0]").startswith(str(usual_folder()))
        target = tmp_path / "for support.zip"
        desk.until("type(app.focusWidget()).__name__ == 'QLineEdit'")
        desk.ask(f"QtTest.QTest.keyClick(app.focusWidget(), {KEY}.Key_A, {CONTROL})")
        desk.ask(f"QtTest.QTest.keyClicks(app.focusWidget(), {str(target)!r})")
        desk.ask(f"QtTest.QTest.keyClick(app.focusWidget(), {KEY}.Key_Return)")
        assert page.evaluate("window.saved") == [200, {"path": str(target)}]
    assert zipfile.is_zipfile(target)


def test_no_file_is_saved_when_the_dialog_is_closed(desk: Desk) -> None:
    with desk.page() as page:
        page.evaluate("window.saved = call('POST', '/diagnostics/save'); 1")
        desk.until(f"{DIALOG} is not None")
        desk.ask(f"{DIALOG}.reject()")
        assert page.evaluate("window.saved") == [200, {"path": None}]


def test_the_title_says_what_happened_until_the_window_is_in_front(desk: Desk) -> None:
    desk.until("window.isVisible()")
    desk.ask("window.activateWindow()")
    desk.until("window.isActiveWindow()")
    desk.ask("agent._window.call_for_attention('nobody needs to be told what they see')")
    assert desk.ask("window.windowTitle()") == "NjordHR"
    desk.ask("setattr(app, 'other', QtWidgets.QWidget()) or app.other.show()")
    desk.ask("app.other.activateWindow()")
    desk.until("not window.isActiveWindow()")
    desk.ask("agent._window.call_for_attention('The download has finished')")
    desk.until("window.windowTitle() == 'The download has finished · NjordHR'")
    desk.ask("window.activateWindow()")
    desk.until("window.windowTitle() == 'NjordHR'")
    desk.ask("app.other.close()")


def test_the_keys_of_the_menu_work(desk: Desk) -> None:
    with desk.page() as page:
        key(desk, "Ctrl++")
        desk.until("abs(window.webview.zoomFactor() - 1.1) < 0.01")
        key(desk, "Ctrl+0")
        desk.until("window.webview.zoomFactor() == 1.0")
        key(desk, "Ctrl+A")
        key(desk, "Ctrl+C")
        desk.until("'The page of the agent' in app.clipboard().text()")
        key(desk, "Ctrl+F")
        desk.until("window.findChild(QtWidgets.QToolBar).isVisible()")
        desk.ask(f"QtTest.QTest.keyClicks({FIND}, 'agent')")
        assert desk.ask(f"{FIND}.text()") == "agent"
        desk.ask(f"QtTest.QTest.keyClick({FIND}, QtCore.Qt.Key.Key_Escape)")
        desk.until("not window.findChild(QtWidgets.QToolBar).isVisible()")
        key(desk, "Ctrl+P")
        desk.until(f"type({DIALOG}).__name__ == 'QPrintDialog'")
        desk.ask(f"{DIALOG}.reject()")
        page.evaluate("window.before = 1")
        key(desk, "Ctrl+R")
        eventually(lambda: health_of_a_new_page(page) == 200)


def test_opening_again_gives_a_page_whose_session_is_over_a_new_one(desk: Desk, folder: Path) -> None:
    with desk.page() as page:
        page.evaluate("window.before = 1")
        desk.ask("agent.services.tokens._until.clear()")
        assert page.evaluate("call('GET', '/health')")[0] == 401
        assert ask_to_show(folder / "data")
        eventually(lambda: health_of_a_new_page(page) == 200)


def test_diagnostics_are_copied_from_the_menu(desk: Desk) -> None:
    desk.ask("app.clipboard().clear()")
    desk.ask(
        "[entry.trigger() for menu in window.menuBar().actions() for entry in menu.menu().actions()"
        " if entry.text() == 'Copy diagnostics'] and None"
    )
    desk.until("app.clipboard().text().startswith('NjordHR: ')")
    assert "Agent: running" in desk.ask("app.clipboard().text()")


def health_of_a_new_page(page: Page) -> int:
    """Return the status of a call by the page that was loaded anew; nothing yet while it is being loaded."""
    try:
        status: int = page.evaluate(
            "window.before || typeof call === 'undefined' ? 0 : call('GET', '/health')"
        )[0]
    except (Error, TypeError):
        return 0
    return status


def key(desk: Desk, keys: str) -> None:
    """Press keys as the person would: the shortcut that Qt knows for them."""
    desk.ask(
        "[one.activated.emit() for one in window.findChildren(QtGui.QShortcut)"
        f" if one.key() == QtGui.QKeySequence({keys!r})] and None"
    )
