"""An export from the office's list to a saved ZIP: whole, or nothing."""

import io
import zipfile
from collections.abc import Iterable

import pytest

from agent_core.errors import FilesError
from agent_core.exports.progress import ExportState, Progress
from agent_core.exports.run import ExportRun
from agent_core.exports.sources import ResumeSources
from agent_core.files.folder import LocalResumeFiles
from protocol.reasons import Reason
from tests.support.exports import ALL, AT, OfficeSimulator


class Desk:
    """An office, and somebody who exports all of it."""

    def __init__(self) -> None:
        self.office = OfficeSimulator()
        self.saved: bytes | None = None
        self.cancel_after: int | None = None
        self.looks = 0

    def export(self) -> Progress:
        sources = ResumeSources(lambda *_: None, LocalResumeFiles(), self.office)
        run = ExportRun(self.office.ask(ALL), self.office, sources, self._cancelled, AT)
        return run.run(self._save)

    def _cancelled(self) -> bool:
        self.looks += 1
        return self.cancel_after is not None and self.looks > self.cancel_after

    def _save(self, pieces: Iterable[bytes]) -> None:
        data = b"".join(pieces)
        self.saved = data


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    for number in ("0001", "0002", "0003", "0004", "0005"):
        made.office.add(number, stored=None if number == "0004" else f"%PDF {number}".encode())
    return made


def test_everybody_of_every_page_is_in_it(desk: Desk) -> None:
    progress = desk.export()
    assert progress.state is ExportState.DONE
    assert progress.sentence == "5 people, 4 resumes, 1 missing"
    assert progress.missing == {(Reason.RESUME_ONLY_ELSEWHERE, "Laptop of Kari"): 1}
    assert desk.saved is not None
    assert progress.length == len(desk.saved)
    with zipfile.ZipFile(io.BytesIO(desk.saved)) as archive:
        assert archive.testzip() is None
        assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 4
        assert archive.read("resumes/2nd_Officer/2nd_Officer_0005.pdf") == b"%PDF 0005"


def test_a_cloud_that_goes_away_in_the_middle_leaves_nothing(desk: Desk) -> None:
    desk.office.breaks_at_page = 1
    progress = desk.export()
    assert (progress.state, progress.reason) == (ExportState.FAILED, Reason.CLOUD_UNREACHABLE)
    assert progress.resumes == 2
    assert desk.saved is None


def test_a_list_that_is_shorter_than_was_said_is_no_export(desk: Desk) -> None:
    desk.office.says = 6
    progress = desk.export()
    assert (progress.state, progress.reason) == (ExportState.FAILED, Reason.CLOUD_ANSWER)
    assert desk.saved is None


def test_a_cancelled_export_leaves_nothing(desk: Desk) -> None:
    desk.cancel_after = 3
    progress = desk.export()
    assert (progress.state, progress.reason) == (ExportState.CANCELLED, Reason.EXPORT_CANCELLED)
    assert desk.saved is None
    assert progress.done == 3


def test_a_disk_that_is_full_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(pieces: Iterable[bytes]) -> None:
        next(iter(pieces))
        raise FilesError(Reason.EXPORT_DISK_FULL)

    monkeypatch.setattr(desk, "_save", save)
    progress = desk.export()
    assert (progress.state, progress.reason) == (ExportState.FAILED, Reason.EXPORT_DISK_FULL)
