"""Closing, opening again and quitting, in a real Qt window on a real agent."""

from pathlib import Path

from agent_core.bootstrap import build_agent
from agent_core.runtime.second_start import ask_to_show
from desktop.app import RUNNING_JOB, TOLD_FILE
from desktop.geometry import Geometry, read, write
from desktop.installed import WINDOW_FOLDER, InstalledProgram
from desktop.window import PLACE_FILE
from protocol.reasons import Reason
from tests.support.agent_rig import eventually
from tests.support.desk import Desk, at_the_desk, options
from tests.support.portal import PASSWORD, PHONE, USER, harbour
from tests.support.processes import browsers_of

DIALOG = "app.activeModalWidget()"
PLACE = "[window.x(), window.y(), window.width(), window.height()]"
QUIT = (
    "[entry.trigger() for menu in window.menuBar().actions() for entry in menu.menu().actions()"
    " if entry.text().startswith('Quit')] and None"
)


def test_closing_hides_opening_again_shows_and_quit_ends(tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as desk:
        desk.until("window.isVisible()")
        desk.until_started()
        desk.ask("window.close()")
        desk.until(f"{DIALOG} is not None")
        assert "goes on in the background" in desk.ask(f"{DIALOG}.text()")
        desk.ask(f"QtTest.QTest.keyClick({DIALOG}, QtCore.Qt.Key.Key_Escape)")
        desk.until(f"{DIALOG} is None and window.isVisible()")
        desk.ask("window.close()")
        desk.until(f"{DIALOG} is not None")
        desk.ask(f"QtTest.QTest.keyClick({DIALOG}, QtCore.Qt.Key.Key_Return)")
        desk.until("not window.isVisible()")
        second = InstalledProgram(lambda: build_agent(options(tmp_path)), tmp_path / "data")
        assert second.run() == 0
        desk.until("window.isVisible()")
        desk.ask("window.close()")
        assert desk.ask("window.isVisible()") is False  # told once is enough
        assert ask_to_show(tmp_path / "data")
        desk.until("window.isVisible()")
        desk.ask(QUIT)
        assert desk.process.wait(30) == 0
    assert not any((tmp_path / "data" / "browser").iterdir())


def test_it_starts_hidden_and_is_shown_where_it_was(tmp_path: Path) -> None:
    place = tmp_path / "data" / WINDOW_FOLDER / PLACE_FILE
    with at_the_desk(tmp_path, "--hidden") as desk:
        assert desk.ask("window.isVisible()") is False
        eventually(lambda: ask_to_show(tmp_path / "data"))
        desk.until("window.isVisible()")
        (place.parent / TOLD_FILE).touch()
        desk.ask("window.setGeometry(60, 70, 810, 570)")
        desk.ask("window.close()")
        desk.process.terminate()
        assert desk.process.wait(30) == 0
    saved = read(place)
    assert saved is not None
    assert (saved.width, saved.height, saved.maximised) == (810, 570, False)
    with at_the_desk(tmp_path) as desk:
        desk.until("window.isVisible()")
        desk.until_started()
        assert desk.ask(PLACE) == [saved.x, saved.y, 810, 570]
        desk.ask("window.showMaximized()")
        desk.ask("window.close()")
        quit_now(desk)
    again = read(place)
    assert again is not None
    assert again.maximised


def test_a_hidden_window_has_its_page_and_answers_and_the_program_asks_to_start_again(tmp_path: Path) -> None:
    with at_the_desk(tmp_path, "--hidden", "--asks-the-page") as desk:
        desk.until_started()
        eventually((tmp_path / "asked").exists)
        eventually(lambda: (tmp_path / "asked").read_text() == "[true, false, true]")
        desk.process.terminate()
        assert desk.process.wait(30) == 75


def test_a_window_of_a_screen_that_is_gone_comes_up_where_it_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "data" / WINDOW_FOLDER
    folder.mkdir(parents=True)
    write(folder / PLACE_FILE, Geometry(x=5000, y=90, width=801, height=561))
    with at_the_desk(tmp_path) as desk:
        desk.until("window.isVisible()")
        desk.until_started()
        x, y, width, height = desk.ask(PLACE)
        room = desk.ask("list(app.primaryScreen().availableGeometry().getRect())")
        assert (min(801, room[2]), min(561, room[3])) == (width, height)
        assert room[0] <= x
        assert x + width <= room[0] + room[2]
        assert room[1] <= y < room[1] + room[3]
        quit_now(desk)


def test_a_running_download_is_asked_about_before_quitting(tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as desk:
        desk.until("window.isVisible()")
        desk.until_started()
        desk.ask("setattr(agent, 'is_downloading', lambda: True)")
        desk.ask(QUIT)
        desk.until(f"{DIALOG} is not None")
        assert desk.ask(f"{DIALOG}.text()") == RUNNING_JOB
        desk.ask(f"QtTest.QTest.keyClick({DIALOG}, QtCore.Qt.Key.Key_Escape)")
        desk.until(f"{DIALOG} is None and window.isVisible()")
        desk.ask(QUIT)
        desk.until(f"{DIALOG} is not None")
        desk.ask(f"QtTest.QTest.keyClick({DIALOG}, QtCore.Qt.Key.Key_Return)")
        assert desk.process.wait(30) == 0


def test_closing_the_window_of_a_program_in_the_foreground_ends_it(tmp_path: Path) -> None:
    with at_the_desk(tmp_path, "--foreground") as desk:
        desk.until("window.isVisible()")
        desk.ask("window.close()")
        assert desk.process.wait(30) == 0


def test_the_reason_of_a_failed_start_is_shown_and_retry_goes_on(tmp_path: Path) -> None:
    settings = tmp_path / "agent.json"
    settings.write_text("{broken", encoding="utf-8")
    with at_the_desk(tmp_path) as desk:
        with desk.page() as page:
            assert Reason.SETTINGS_UNREADABLE.sentence in page.inner_text("main")
            page.click("text=Copy diagnostics")
            page.wait_for_selector("text=were copied")
            assert Reason.SETTINGS_UNREADABLE.value in desk.ask("app.clipboard().text()")
            page.click("text=Try again")
            page.wait_for_selector("text=not start this time either")
            settings.unlink()
            page.click("text=Try again")
            page.wait_for_selector("text=The page of the agent")
        quit_now(desk)


def test_damaged_records_are_kept_and_new_ones_begun(tmp_path: Path) -> None:
    records = tmp_path / "data" / "agent.sqlite3"
    records.parent.mkdir()
    records.write_bytes(b"not a database at all" * 500)
    with at_the_desk(tmp_path) as desk:
        with desk.page() as page:
            assert Reason.AGENT_STORE_DAMAGED.sentence in page.inner_text("main")
            page.click("button:has-text('Begin anew')")
            page.wait_for_selector("text=The page of the agent")
        quit_now(desk)
    kept = list(records.parent.glob("damaged-*/agent.sqlite3"))
    assert [file.read_bytes()[:21] for file in kept] == [b"not a database at all"]


def test_quit_ends_the_browser_of_a_portal_session(tmp_path: Path) -> None:
    with harbour() as portal, at_the_desk(tmp_path) as desk:
        addresses = {"login_url": portal.login_url, "dashboard_url": portal.dashboard_url}
        desk.until_started()
        desk.ask(f"agent.services.settings.change({{'portal': {addresses!r}}}) and None")
        login = {"username": USER, "password": PASSWORD, "phone": PHONE}
        with desk.page() as page:
            page.evaluate("(login) => call('POST', '/session/start', login)", login)
            eventually(lambda: portal.otp is not None, within_seconds=90)
            page.evaluate("(otp) => call('POST', '/session/verify-otp', {otp})", portal.otp)
            page.wait_for_function(
                "call('GET', '/session').then((answer) => answer[1].state === 'connected')", timeout=60_000
            )
        assert browsers_of(tmp_path / "data")
        desk.ask(QUIT)
        assert desk.process.wait(60) == 0
    assert browsers_of(tmp_path / "data") == []


def quit_now(desk: Desk) -> None:
    desk.ask(QUIT)
    assert desk.process.wait(30) == 0
