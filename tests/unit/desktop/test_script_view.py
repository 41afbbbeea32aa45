"""Find, zoom and print as scripts in the page."""

import subprocess
import sys

import pytest

from desktop.menu import Action
from desktop.page_tools import do_script, tools_script
from desktop.script_view import ScriptView


class Page:
    def __init__(self) -> None:
        self.done: list[str] = []

    def run_js(self, script: str) -> None:
        self.done.append(script)

    def show(self) -> None:
        self.done.append("show")

    def set_title(self, title: str) -> None:
        self.done.append(title)

    def restore(self) -> None:
        self.done.append("restore")


def test_the_page_does_what_the_menu_asks_for() -> None:
    page = Page()
    view = ScriptView(page, None, "NjordHR")
    view.page_loaded()
    for action in (Action.ZOOM_IN, Action.FIND, Action.PRINT):
        view.perform(action)
    view.bring_up()
    view.call_for_attention("nobody has a task bar here")
    assert page.done == [
        tools_script(),
        do_script(Action.ZOOM_IN),
        do_script(Action.FIND),
        do_script(Action.PRINT),
        "show",
        "restore",
    ]


def test_a_text_goes_to_the_clipboards_program(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[list[str], bytes]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, input, check: ran.append((command, input)))  # noqa: A006
    monkeypatch.setattr(sys, "platform", "darwin")
    ScriptView(Page(), None, "NjordHR").copy("Ærlig")
    assert ran == [(["pbcopy"], "Ærlig".encode())]
