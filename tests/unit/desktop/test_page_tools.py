"""The scripts for a system's own web view; what they do is tested in a browser."""

from desktop.menu import Action
from desktop.page_tools import CAN, do_script, tools_script


def test_the_modifier_is_the_systems() -> None:
    assert tools_script("darwin").endswith('"metaKey")')
    assert tools_script("win32").endswith('"ctrlKey")')


def test_each_thing_has_a_script() -> None:
    assert {do_script(action, "win32").rsplit("\n", 1)[1] for action in CAN} == {
        f'window.njordhrTools.do("{name}")'
        for name in ("find", "print", "reload", "larger", "smaller", "normal")
    }
    assert Action.QUIT not in CAN
