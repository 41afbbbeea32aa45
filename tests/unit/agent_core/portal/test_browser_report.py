"""Which browser would work, without starting one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from agent_core.portal import browser_report as module
from agent_core.portal.browser_report import (
    browser_name,
    browser_report,
    judge,
    newest_version,
    usual_places,
    version_in,
)
from agent_core.portal.programs import OLDEST_BROWSER, BrowserOptions
from protocol.reasons import Reason

OLD = f"{OLDEST_BROWSER - 1}.0.5615.49"


@pytest.mark.parametrize(
    ("name", "version", "driver", "given", "reason"),
    [
        ("", "", "", False, Reason.BROWSER_MISSING),
        ("Chrome", "131.0.6778.85", "131.0.6778.69", False, None),
        ("Chrome", "131.0.6778.85", "131.0.6778.69", True, None),
        ("Chrome", OLD, OLD, False, Reason.BROWSER_TOO_OLD),
        ("Chrome", "131.0.6778.85", "130.0.1.1", False, None),
        ("Chrome", "131.0.6778.85", "130.0.1.1", True, Reason.BROWSER_DRIVER),
        ("Chrome", "131.0.6778.85", "", True, Reason.BROWSER_DRIVER),
        ("Edge", "", "", False, None),
    ],
)
def test_a_browser_and_a_driver_are_judged(
    name: str, version: str, driver: str, reason: Reason | None, *, given: bool
) -> None:
    assert judge(name, version, driver, driver_is_given=given).reason is reason


def test_a_driver_that_does_not_fit_is_not_named_where_another_will_be_brought() -> None:
    assert judge("Chrome", "131.0", "130.0", driver_is_given=False).driver_version is None
    assert judge("Chrome", "131.0", "131.0", driver_is_given=False).driver_version == "131.0"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/usr/bin/chromium", "Chromium"),
        ("/usr/bin/google-chrome-stable", "Chrome"),
        (r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", "Edge"),
        ("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "Edge"),
    ],
)
def test_a_browser_has_the_name_that_people_use(path: str, expected: str) -> None:
    # Windows' program of Edge is msedge.exe.
    assert browser_name(path) == expected


def test_each_system_has_its_usual_places() -> None:
    env = {"ProgramFiles": r"C:\Program Files", "LocalAppData": r"C:\Users\kari\AppData\Local"}
    places = [str(place) for place in usual_places("win32", env)]
    assert places[0] == r"C:\Program Files\Google\Chrome\Application\chrome.exe"
    assert places[-1] == r"C:\Users\kari\AppData\Local\Microsoft\Edge\Application\msedge.exe"
    assert len(places) == 4
    first = usual_places("darwin", {})[0]
    assert str(first) == "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    assert usual_places("linux", {}) == []


def test_a_version_is_found_in_what_a_program_says_and_beside_it() -> None:
    assert version_in("ChromeDriver 131.0.6778.69 (77f8e5, refs/heads/x@{#1})") == "131.0.6778.69"
    assert version_in("Chromium 131.0.6778.85 built on Debian GNU/Linux 12") == "131.0.6778.85"
    assert version_in("cannot open display") == ""
    names = ["99.0.4844.51", "131.0.6778.85", "SetupMetrics", "chrome.exe", "131.0.6778.9"]
    assert newest_version(names) == "131.0.6778.85"
    assert newest_version(["chrome.exe"]) == ""


def test_on_windows_a_browser_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / "131.0.6778.85").mkdir()
    assert module._version_of(str(tmp_path / "chrome.exe"), "win32") == "131.0.6778.85"
    assert module._version_of(str(tmp_path / "nowhere" / "chrome.exe"), "win32") == ""
    told = module._version_of("chromedriver.exe", "win32", lambda _: "ChromeDriver 131.0.1.2")
    assert told == "131.0.1.2"


def test_a_program_that_does_not_answer_has_no_version() -> None:
    def late(_: object) -> str:
        raise subprocess.TimeoutExpired("chrome", 1)

    assert module._version_of("chrome", "linux", late) == ""
    assert module._version_of("/nowhere/chrome", "linux") == ""


def test_the_browser_of_this_computer_is_found(tmp_path: Path) -> None:
    report = browser_report(BrowserOptions(None, None, True, tmp_path), os.environ)
    assert report.reason is None
    assert report.name in {"Chromium", "Chrome"}
    missing = BrowserOptions(str(tmp_path / "none"), None, True, tmp_path)
    assert browser_report(missing, os.environ).reason is Reason.BROWSER_MISSING


def test_without_a_search_path_the_usual_places_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found is not None
    (tmp_path / "chromium").symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(module, "usual_places", lambda *_: [tmp_path / "none", tmp_path / "chromium"])
    monkeypatch.setattr(module, "_output", lambda _: "Chromium 131.0.6778.85")
    report = browser_report(BrowserOptions(None, None, True, tmp_path), {})
    assert (report.name, report.version, report.driver_version) == ("Chromium", "131.0.6778.85", None)
