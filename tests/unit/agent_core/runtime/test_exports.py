"""One export at a time; what a browser is to fetch waits for it, and goes when it was fetched."""

import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import CloudError, RequestError
from agent_core.exports.progress import ExportState
from agent_core.exports.sources import ResumeSources
from agent_core.files.exports import LocalExportFiles
from agent_core.files.folder import LocalResumeFiles
from agent_core.runtime.exports import Exports, Shown
from protocol.reasons import Reason
from tests.support.agent import TickingClock
from tests.support.agent_rig import eventually
from tests.support.exports import ALL, OfficeSimulator


class Desk:
    """Exports of an office of two, of which reading the records can be held up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = OfficeSimulator()
        for number in ("0001", "0002"):
            self.office.add(number, stored=b"%PDF " + number.encode())
        self.go_on = threading.Event()
        self.go_on.set()
        self.reading = threading.Event()
        sources = ResumeSources(self._known, LocalResumeFiles(), self.office)
        self.exports = Exports(
            self.office, sources, LocalExportFiles(), folder=folder / "own", clock=TickingClock()
        )

    def _known(self, *_: str) -> None:
        self.reading.set()
        assert self.go_on.wait(30)

    def made(self, target: Path | None = None) -> Shown:
        export_id = self.exports.begin(ALL, target).export_id
        eventually(lambda: self.exports.look(export_id).progress.state.is_final)
        return self.exports.look(export_id)

    def waiting(self) -> list[str]:
        return sorted(left.name for left in (self.folder / "own").glob("*"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.go_on.set()
    assert made.exports.stop(30)


def refusal(desk: Desk) -> Reason:
    with pytest.raises(RequestError) as caught:
        desk.exports.begin(ALL, None)
    return caught.value.reason


def test_an_export_is_saved_where_the_person_wants_it(desk: Desk, tmp_path: Path) -> None:
    shown = desk.made(tmp_path / "crew.zip")
    assert shown.progress.sentence == "2 people, 2 resumes, none missing"
    assert shown.saved_as == tmp_path / "crew.zip"
    assert zipfile.is_zipfile(tmp_path / "crew.zip")
    with pytest.raises(RequestError):
        desk.exports.hand_out(shown.export_id)


def test_a_browser_fetches_it_and_then_it_is_gone(desk: Desk) -> None:
    shown = desk.made()
    assert desk.waiting() == [f"{shown.export_id}.zip"]
    length, pieces = desk.exports.hand_out(shown.export_id)
    assert len(b"".join(pieces)) == length == shown.progress.length
    eventually(lambda: desk.waiting() == [])
    with pytest.raises(RequestError) as caught:
        desk.exports.hand_out(shown.export_id)
    assert caught.value.reason is Reason.EXPORT_TICKET


def test_a_browser_that_went_away_in_the_middle_may_fetch_it_again(desk: Desk) -> None:
    shown = desk.made()
    _, pieces = desk.exports.hand_out(shown.export_id)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]  # as the server does when nobody reads on
    assert desk.waiting() == [f"{shown.export_id}.zip"]
    length, pieces = desk.exports.hand_out(shown.export_id)
    assert len(b"".join(pieces)) == length


def test_only_one_is_made_at_a_time_and_it_can_be_cancelled(desk: Desk, tmp_path: Path) -> None:
    desk.go_on.clear()
    export_id = desk.exports.begin(ALL, tmp_path / "crew.zip").export_id
    assert desk.reading.wait(30)
    assert refusal(desk) is Reason.EXPORT_BUSY
    assert len(desk.office.asked) == 1
    desk.exports.cancel(export_id)
    desk.go_on.set()
    eventually(lambda: desk.exports.look(export_id).progress.state is ExportState.CANCELLED)
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".*")) == []
    assert desk.made().progress.state is ExportState.DONE


def test_what_the_office_refuses_is_no_export(desk: Desk) -> None:
    desk.office.refuses = Reason.EXPORT_NOBODY
    with pytest.raises(CloudError):
        desk.exports.begin(ALL, None)
    desk.office.refuses = None
    assert desk.made().progress.state is ExportState.DONE


def test_a_fault_of_ours_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk, "_known", broken)
    desk.exports = Exports(
        desk.office,
        ResumeSources(broken, LocalResumeFiles(), desk.office),
        LocalExportFiles(),
        folder=desk.folder / "own",
        clock=TickingClock(),
    )
    shown = desk.made()
    assert (shown.progress.state, shown.progress.reason) == (ExportState.FAILED, Reason.SERVER_FAULT)
    assert desk.waiting() == []


def test_the_end_of_the_agent_leaves_nothing(desk: Desk) -> None:
    desk.made()
    assert desk.waiting()
    assert desk.exports.stop(30)
    assert desk.waiting() == []


def test_what_a_killed_agent_left_goes_at_the_next_start(desk: Desk) -> None:
    (desk.folder / "own").mkdir()
    for name in ("a.zip", ".njordhr-x.part"):
        (desk.folder / "own" / name).touch()
    (desk.folder / "own" / "not ours").mkdir()
    desk.exports.remove_leftovers()
    assert desk.waiting() == ["not ours"]


def test_one_that_nobody_began_is_not_there(desk: Desk) -> None:
    for ask in (desk.exports.look, desk.exports.cancel, desk.exports.hand_out):
        with pytest.raises(RequestError) as caught:
            ask(uuid4())
        assert caught.value.reason is Reason.REQUEST_NOT_FOUND
