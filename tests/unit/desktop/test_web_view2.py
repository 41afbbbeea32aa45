"""WebView2 is looked for where its installer says its version; without it the person is told."""

import importlib
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from desktop import web_view2
from desktop.web_view2 import (
    CURRENT_USER,
    DOWNLOAD_URL,
    LOCAL_MACHINE,
    PLACES,
    installed_version,
    is_missing,
    registry_reader,
    tell_and_offer,
)
from protocol.reasons import Reason

WOW, PLAIN, OWN = PLACES


def registry(values: Mapping[tuple[str, str], str]) -> web_view2.ReadVersion:
    return lambda hive, key: values.get((hive, key))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, None),
        ({WOW: "131.0.2903.70"}, "131.0.2903.70"),
        ({PLAIN: "131.0.2903.70"}, "131.0.2903.70"),
        ({OWN: "131.0.2903.70"}, "131.0.2903.70"),
        ({WOW: "0.0.0.0"}, None),
        ({WOW: ""}, None),
        ({WOW: "85.0.564.70"}, None),
        ({WOW: "86.0.622.0"}, "86.0.622.0"),
        ({WOW: "no version"}, None),
        ({WOW: "0.0.0.0", OWN: "120.0.1.1"}, "120.0.1.1"),
        ({WOW: "99.0.1.1", OWN: "131.0.1.1"}, "131.0.1.1"),
    ],
)
def test_the_version_is_found_wherever_it_was_installed(
    values: Mapping[tuple[str, str], str], expected: str | None
) -> None:
    assert installed_version(registry(values)) == expected


def test_both_kinds_of_windows_and_one_persons_installation_are_looked_at() -> None:
    assert [hive for hive, _ in PLACES] == [LOCAL_MACHINE, LOCAL_MACHINE, CURRENT_USER]
    assert "WOW6432Node" in WOW[1]
    assert all(key.endswith("{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}") for _, key in PLACES)


class Winreg:
    """The module `winreg` as far as it is used."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = "machine", "user"

    def __init__(self, keys: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        self.keys = keys

    def OpenKey(self, hive: str, key: str) -> "Opened":  # noqa: N802 - winreg names it
        if (hive, key) not in self.keys:
            raise FileNotFoundError(key)
        return Opened(values=self.keys[hive, key])

    def QueryValueEx(self, opened: "Opened", name: str) -> tuple[Any, int]:  # noqa: N802 - winreg names it
        if name not in opened.values:
            raise FileNotFoundError(name)
        return opened.values[name], 1


class Opened(SimpleNamespace):
    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        return None


def test_the_real_registry_is_asked_for_pv() -> None:
    keys = {("machine", WOW[1]): {"pv": "131.0.2903.70"}, ("user", OWN[1]): {"name": "x"}}
    read = registry_reader(Winreg(keys))
    assert read(*WOW) == "131.0.2903.70"
    assert read(*PLAIN) is None
    assert read(*OWN) is None
    assert registry_reader(Winreg({("machine", WOW[1]): {"pv": 7}}))(*WOW) is None


def test_only_windows_can_miss_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_missing("linux")
    assert not is_missing("darwin")
    found = Winreg({("machine", WOW[1]): {"pv": "131.0.2903.70"}})
    monkeypatch.setattr(importlib, "import_module", lambda _: found)
    assert not is_missing("win32")
    found.keys = {}
    assert is_missing("win32")


@pytest.mark.parametrize(("answer", "expected"), [(6, [DOWNLOAD_URL]), (7, [])])
def test_the_person_is_told_and_may_go_to_the_download(answer: int, expected: list[str]) -> None:
    said: list[tuple[str, str, int]] = []
    opened: list[str] = []

    def message_box(_: None, text: str, title: str, kind: int) -> int:
        said.append((text, title, kind))
        return answer

    tell_and_offer(SimpleNamespace(MessageBoxW=message_box), opened.append)
    assert opened == expected
    text, title, kind = said[0]
    assert Reason.WINDOW_WEB_VIEW_MISSING.sentence in text
    assert DOWNLOAD_URL in text
    assert (title, kind & 0x4) == ("NjordHR", 0x4)
