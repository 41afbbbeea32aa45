from collections.abc import Callable
from pathlib import Path

import pytest

from agent_core.ports import Dialogs
from desktop import app


class Agent:
    def launch_url(self) -> str:
        return "http://127.0.0.1:1/app/#code=x"

    def is_downloading(self) -> bool:
        return True

    def offer_dialogs(self, dialogs: Dialogs | None) -> None:
        del dialogs


def test_the_window_is_given_the_agents_page_and_asks_while_it_downloads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[tuple[str, Path, bool, str]] = []

    def show(
        url: str,
        storage: Path,
        is_busy: Callable[[], bool],
        question: str,
        *,
        offer_dialogs: Callable[[Dialogs | None], None],
        remote_debugging: bool,
    ) -> None:
        shown.append((url, storage, is_busy() and not remote_debugging, question))
        offer_dialogs(None)

    monkeypatch.setattr(app, "show", show)
    app.run(Agent(), tmp_path / "window")
    assert shown == [("http://127.0.0.1:1/app/#code=x", tmp_path / "window", True, app.RUNNING_JOB)]
    assert (tmp_path / "window").is_dir()
