"""Native dialogs through the local API."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent_rig import refused, running_rig


class ClosedOrChosen:
    """A window whose person chooses this."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.shown = 0

    def bring_up(self) -> None:
        self.shown += 1

    def call_for_attention(self, message: str) -> None:
        self.message = message

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        return f"{folder}/{file_name}"

    def choose_folder(self, start: str) -> str | None:
        self.asked.append(start)
        return self.answer


def test_a_folder_is_chosen_in_the_window(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        folder, window = rig.choose_folder(), ClosedOrChosen("/chosen")
        rig.services.window.offer(window)
        assert rig.read("/health")["native_dialogs"] is True
        assert rig.send("/dialogs/folder") == {"path": "/chosen"}
        assert window.asked == [str(folder)]
        window.answer = None
        assert rig.send("/dialogs/folder") == {"path": None}


def test_a_page_without_the_window_is_told_so(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        assert rig.read("/health")["native_dialogs"] is False
        assert refused(rig.call("POST", "/dialogs/folder")) == (409, Reason.WINDOW_NOT_THERE)
