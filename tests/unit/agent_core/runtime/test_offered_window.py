"""The window's dialogs, lent to the agent: none without a window, one at a time."""

import threading

import pytest

from agent_core.errors import RequestError
from agent_core.runtime.offered_window import OfferedWindow
from protocol.reasons import Reason


class Answers:
    """A window whose dialog is answered at once, or stays open until it is told."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.is_open = threading.Event()
        self.may_close = threading.Event()
        self.may_close.set()
        self.start = ""
        self.shown = 0

    def bring_up(self) -> None:
        self.shown += 1

    def call_for_attention(self, message: str) -> None:
        self.message = message

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        return f"{folder}/{file_name}"

    def choose_folder(self, start: str) -> str | None:
        self.start = start
        self.is_open.set()
        self.may_close.wait(10)
        return self.answer


def test_without_a_window_there_are_no_dialogs() -> None:
    offered = OfferedWindow()
    assert not offered.is_there
    with pytest.raises(RequestError) as caught:
        offered.choose_folder("")
    assert caught.value.reason is Reason.WINDOW_NOT_THERE
    with pytest.raises(RequestError):
        offered.bring_up()
    with pytest.raises(RequestError):
        offered.choose_save_file("", "selected.zip")
    offered.call_for_attention("nobody is there to see it")


def test_a_window_may_come_and_go() -> None:
    offered, window = OfferedWindow(), Answers("/resumes")
    offered.offer(window)
    assert offered.is_there
    assert offered.choose_folder("/home") == "/resumes"
    assert (window.start, window.shown) == ("/home", 1)
    assert offered.choose_save_file("/home", "selected.zip") == "/home/selected.zip"
    offered.call_for_attention("The download is finished")
    assert (window.message, window.shown) == ("The download is finished", 2)
    offered.offer(None)
    assert not offered.is_there


def test_a_second_dialog_is_refused_until_the_first_is_closed() -> None:
    offered, window = OfferedWindow(), Answers(None)
    offered.offer(window)
    window.may_close.clear()
    first = threading.Thread(target=offered.choose_folder, args=("",))
    first.start()
    assert window.is_open.wait(10)
    with pytest.raises(RequestError) as caught:
        offered.choose_folder("")
    assert caught.value.reason is Reason.WINDOW_DIALOG_OPEN
    window.may_close.set()
    first.join(10)
    assert offered.choose_folder("") is None
