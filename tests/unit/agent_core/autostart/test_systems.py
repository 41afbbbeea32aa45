"""Switching on and off, on real files and on a registry in memory."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agent_core.autostart.entries import APPROVED_KEY, NAME, RUN_KEY
from agent_core.autostart.systems import (
    FileAutoStart,
    NoAutoStart,
    RegistryAutoStart,
    WindowsRegistry,
    refresh,
    system_autostart,
)
from agent_core.errors import ComputerError
from protocol.reasons import Reason

COMMAND = ("/opt/NjordHR/njordhr", "--hidden")


class MemoryRegistry:
    """Values by key and name."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.refuses = False

    def read(self, key: str, name: str) -> str | bytes | None:
        self._check()
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        self._check()
        self.values[key, name] = value

    def remove(self, key: str, name: str) -> None:
        self._check()
        self.values.pop((key, name), None)

    def _check(self) -> None:
        if self.refuses:
            raise PermissionError("by policy")


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".config/autostart/njordhr.desktop"),
        ("darwin", "Library/LaunchAgents/com.njordhr.agent.plist"),
    ],
)
def test_an_entry_comes_and_goes_and_twice_is_once(tmp_path: Path, platform: str, place: str) -> None:
    auto_start, file = system_autostart(COMMAND, platform, {}, tmp_path), tmp_path / place
    assert auto_start.can
    assert not auto_start.is_set()
    assert list(tmp_path.iterdir()) == []  # nothing is written unasked
    auto_start.set(False)
    assert list(tmp_path.iterdir()) == []
    auto_start.set(True)
    first = file.stat().st_mtime_ns
    auto_start.set(True)
    assert file.stat().st_mtime_ns == first
    assert auto_start.is_set()
    assert COMMAND[0].encode() in file.read_bytes()
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    auto_start.set(False)
    auto_start.set(False)
    assert not file.exists()
    assert not auto_start.is_set()


def test_an_update_that_moved_the_program_is_followed_and_a_removed_entry_is_not_made_again(
    tmp_path: Path,
) -> None:
    before, after = (system_autostart((f"/opt/{one}",), "linux", {}, tmp_path) for one in ("1", "2"))
    file = tmp_path / ".config/autostart/njordhr.desktop"
    before.set(True)
    refresh(after, wanted=True)
    assert "/opt/2" in file.read_text()
    file.unlink()
    refresh(after, wanted=True)
    assert not file.exists()
    file.write_text("[Desktop Entry]\nExec=/opt/1\nHidden=true\n")
    refresh(after, wanted=True)
    assert "/opt/1" in file.read_text()


def test_a_folder_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file where the folder should be")
    auto_start = FileAutoStart(tmp_path / "autostart" / "njordhr.desktop", b"x", lambda _: True)
    for ask in (lambda: auto_start.set(True), auto_start.is_set):
        with pytest.raises(ComputerError) as caught:
            ask()
        assert caught.value.reason is Reason.AUTO_START_REFUSED


def test_windows_is_told_in_its_registry() -> None:
    registry = MemoryRegistry()
    auto_start = RegistryAutoStart(registry, [r"C:\Program Files\NjordHR\NjordHR.exe", "--hidden"])
    assert not auto_start.is_set()
    auto_start.set(True)
    assert registry.values == {(RUN_KEY, NAME): r'"C:\Program Files\NjordHR\NjordHR.exe" --hidden'}
    assert auto_start.is_set()
    registry.values[APPROVED_KEY, NAME] = b"\x03" + b"\x00" * 11
    assert not auto_start.is_set()
    refresh(auto_start, wanted=True)
    assert not auto_start.is_set()
    auto_start.set(True)
    assert auto_start.is_set()
    auto_start.set(False)
    auto_start.set(False)
    assert registry.values == {}


def test_windows_may_refuse() -> None:
    registry = MemoryRegistry()
    auto_start = RegistryAutoStart(registry, ["NjordHR.exe"])
    registry.refuses = True
    for ask in (lambda: auto_start.set(True), auto_start.is_set):
        with pytest.raises(ComputerError) as caught:
            ask()
        assert caught.value.reason is Reason.AUTO_START_REFUSED


def test_windows_runs_no_line_that_is_too_long() -> None:
    auto_start = RegistryAutoStart(MemoryRegistry(), ["C:\\" + "long" * 70 + ".exe"])
    assert not auto_start.can
    with pytest.raises(ComputerError) as caught:
        auto_start.set(True)
    assert caught.value.reason is Reason.AUTO_START_NOT_POSSIBLE
    auto_start.set(False)


def test_without_a_program_there_is_nothing_to_start() -> None:
    auto_start = system_autostart(())
    assert isinstance(auto_start, NoAutoStart)
    assert not auto_start.can
    assert not auto_start.is_set()
    auto_start.set(False)
    refresh(auto_start, wanted=True)
    with pytest.raises(ComputerError):
        auto_start.set(True)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize("folder", ["/opt/a\nHidden=false\n", "/opt/\udcff"], ids=["a line end", "no text"])
def test_a_program_that_no_entry_can_name_runs_without_one(
    tmp_path: Path, platform: str, folder: str
) -> None:
    auto_start = system_autostart((f"{folder}/njordhr", "--hidden"), platform, {}, tmp_path)
    if auto_start.can:  # a property list may hold a line end, as what it is
        auto_start.set(True)
        assert auto_start.is_set()
    else:
        assert isinstance(auto_start, NoAutoStart)
        assert list(tmp_path.iterdir()) == []


class Winreg:
    """The module `winreg` as far as it is used, with one hive in memory."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = "HKCU", 1, 2

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {}

    def OpenKey(self, hive: str, key: str, *access: int) -> Any:  # noqa: N802 - winreg names it
        if key not in self.keys:
            raise FileNotFoundError(key)
        return self.CreateKey(hive, key)

    def CreateKey(self, hive: str, key: str) -> Any:  # noqa: N802 - winreg names it
        assert hive == "HKCU"
        values = self.keys.setdefault(key, {})
        return Opened(values=values)

    def QueryValueEx(self, opened: Any, name: str) -> tuple[Any, int]:  # noqa: N802 - winreg names it
        if name not in opened.values:
            raise FileNotFoundError(name)
        return opened.values[name], 1

    def SetValueEx(self, opened: Any, name: str, _: int, kind: int, value: str) -> None:  # noqa: N802 - as above
        opened.values[name] = value

    def DeleteValue(self, opened: Any, name: str) -> None:  # noqa: N802 - winreg names it
        if name not in opened.values:
            raise FileNotFoundError(name)
        del opened.values[name]


class Opened(SimpleNamespace):
    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        return None


def test_the_standard_librarys_registry_is_asked_as_it_wants_to_be() -> None:
    winreg = Winreg()
    registry = WindowsRegistry(winreg)
    registry.remove("Run", "NjordHR")
    assert registry.read("Run", "NjordHR") is None
    registry.write("Run", "NjordHR", "x")
    assert registry.read("Run", "NjordHR") == "x"
    assert registry.read("Run", "Other") is None
    registry.remove("Run", "NjordHR")
    registry.remove("Run", "NjordHR")
    assert winreg.keys == {"Run": {}}
