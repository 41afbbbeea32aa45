"""The flash of a task bar's button, on each system's own terms."""

import ctypes
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from desktop.attention import Attention, Dock, FlashInfo, WindowsTaskBar, flash_info, system_task_bar
from tests.support.agent_rig import eventually


class User32:
    """user32 as far as it is called."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, int]] = []
        self.front = SimpleNamespace(value=0)

        def foreground() -> int:
            return int(self.front.value)

        self.GetForegroundWindow: Any = foreground

    def FlashWindowEx(self, info: Any) -> None:  # noqa: N802 - user32 names it
        asked: FlashInfo = info._obj
        self.asked.append((asked.cbSize, asked.hwnd, asked.dwFlags))


class Button:
    """A button whose window comes to the front when the test says so."""

    def __init__(self) -> None:
        self.front = threading.Event()
        self.flashes = 0

    def is_in_front(self) -> bool:
        return self.front.is_set()

    def flash(self) -> None:
        self.flashes += 1


def test_windows_is_asked_to_flash_the_button_until_the_window_is_in_front() -> None:
    user32 = User32()
    form = SimpleNamespace(Handle=SimpleNamespace(ToInt64=lambda: 0x1_0000_0042))
    button = WindowsTaskBar(form, user32)
    assert not button.is_in_front()
    button.flash()
    assert user32.asked == [(ctypes.sizeof(FlashInfo), 0x1_0000_0042, 0xE)]
    user32.front.value = 0x1_0000_0042
    assert button.is_in_front()
    assert flash_info(7).uCount == 0


def test_the_dock_is_asked_on_its_own_thread() -> None:
    asked: list[int] = []
    later: list[Callable[[], Any]] = []
    application = SimpleNamespace(isActive=lambda: False, requestUserAttention_=asked.append)
    button = Dock(application, later.append)
    assert not button.is_in_front()
    button.flash()
    assert asked == []
    later[0]()
    assert asked == [10]


def test_the_title_says_why_until_the_window_is_in_front() -> None:
    button, titles = Button(), list[str]()
    attention = Attention(button, titles.append, "NjordHR")
    attention.call("A download is finished")
    attention.call("The portal wants a code")
    assert button.flashes == 2
    button.front.set()
    eventually(lambda: titles[-1] == "NjordHR")
    assert titles == ["A download is finished · NjordHR", "The portal wants a code · NjordHR", "NjordHR"]
    attention.call("Nobody needs to be told what is before their eyes")
    assert len(titles) == 3


def test_linux_has_qt_for_it() -> None:
    assert system_task_bar("linux", object()) is None
