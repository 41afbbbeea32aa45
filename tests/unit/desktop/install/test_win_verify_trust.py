"""How Windows is asked: the structures and the call. No Windows has answered it yet (docs/INSTALLERS.md)."""

import ctypes
from pathlib import Path
from typing import Any

import pytest

from desktop.install.win_verify_trust import FileInfo, Guid, TrustData, ask, ask_windows


class RecordedTrust:
    """Takes WinVerifyTrust's place and notes what it was asked."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.asked: list[tuple[int, int, str, int]] = []

    def __call__(self, window: int, action: Any, data: Any) -> int:
        trust: TrustData = data._obj
        guid: Guid = action._obj
        assert (guid.first, bytes(guid.rest).hex()) == (0x00AAC56B, "8cc200c04fc295ee")
        self.asked.append((window, trust.action, trust.file.contents.path, trust.window))
        return self.answer


def test_windows_is_asked_without_a_window_and_its_state_is_closed() -> None:
    windows = RecordedTrust(-2146762496)
    assert ask(windows, Path("njordhr.exe")) == -2146762496
    assert windows.asked == [(-1, 1, "njordhr.exe", 2), (-1, 2, "njordhr.exe", 2)]


def test_the_structures_are_as_large_as_windows_has_them() -> None:
    assert ctypes.sizeof(Guid) == 16
    assert ctypes.sizeof(FileInfo) == 32
    assert ctypes.sizeof(TrustData) == 88


def test_no_other_system_answers_in_its_place() -> None:
    with pytest.raises(OSError, match="only Windows"):
        ask_windows(Path("njordhr.exe"))
