"""Where a resume is taken from, and that only what was stored is."""

from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import CloudError
from agent_core.exports.sources import ResumeSources
from agent_core.files.folder import LocalResumeFiles
from agent_core.ports import KnownResume
from protocol.export_archive import Missing
from protocol.reasons import Reason
from tests.support.exports import ALL, OfficeSimulator, digest

PATH = "2nd_Officer/2nd_Officer_0042.pdf"


class Computer:
    """A download folder, its records, and the office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = OfficeSimulator()
        self.records: dict[tuple[str, str], KnownResume] = {}
        self.sources = ResumeSources(lambda *key: self.records.get(key), LocalResumeFiles(), self.office)

    def keep(self, number: str, data: bytes) -> Path:
        key = (number, digest(f"content {number}"))
        sha = digest(data)
        self.records[key] = KnownResume(
            uuid4(), number, str(self.folder), PATH, sha, len(data), key[1], "Master"
        )
        file = self.folder / PATH
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        return file

    def take(self) -> bytes | Missing:
        export = self.office.ask(ALL)
        return self.sources.take(export.export_id, self.office.people[0])


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def reason(found: bytes | Missing) -> Reason:
    assert isinstance(found, Missing)
    return found.reason


def test_this_computers_file_goes_first(computer: Computer) -> None:
    computer.office.add("0042", stored=b"%PDF the office's")
    computer.keep("0042", b"%PDF mine")
    computer.office.breaks_at_resume = Reason.STORE_UNAVAILABLE  # it is not even asked
    assert computer.take() == b"%PDF mine"


def test_the_offices_copy_stands_in_for_a_file_that_is_gone_or_was_changed(computer: Computer) -> None:
    computer.office.add("0042", stored=b"%PDF the office's")
    file = computer.keep("0042", b"%PDF mine")
    file.write_bytes(b"%PDF of somebody else")
    assert computer.take() == b"%PDF the office's"
    file.unlink()
    assert computer.take() == b"%PDF the office's"


def test_a_file_that_was_changed_is_never_taken(computer: Computer) -> None:
    computer.office.add("0042")
    file = computer.keep("0042", b"%PDF mine")
    file.write_bytes(b"%PDF of somebody else")
    assert reason(computer.take()) is Reason.RESUME_CHANGED_HERE
    file.unlink()
    assert reason(computer.take()) is Reason.RESUME_NOT_HERE


def test_a_file_that_is_gone_here_and_in_the_store_is_not_to_be_looked_for_there(computer: Computer) -> None:
    computer.office.add("0042", stored=b"%PDF the office's")
    computer.keep("0042", b"%PDF mine").unlink()
    computer.office.breaks_at_resume = Reason.RESUME_LOST_IN_STORE
    assert reason(computer.take()) is Reason.RESUME_LOST_IN_STORE


def test_what_only_another_computer_has_names_it(computer: Computer) -> None:
    computer.office.add("0042")
    missing = computer.take()
    assert isinstance(missing, Missing)
    assert missing.reason is Reason.RESUME_ONLY_ELSEWHERE
    assert missing.why == (
        'Only the computer "Laptop of Kari", which was last seen on 12 Nov 2026, has the file of this resume.'
    )


def test_somebody_without_a_resume(computer: Computer) -> None:
    computer.office.add("0042", resume=False)
    assert reason(computer.take()) is Reason.EXPORT_NO_RESUME


def test_a_copy_that_is_not_what_was_uploaded_is_never_taken(computer: Computer) -> None:
    added = computer.office.add("0042", stored=b"%PDF the office's")
    assert added.resume is not None
    computer.office.store[added.resume.resume_id] = b"%PDF of somebody else"
    assert reason(computer.take()) is Reason.RESUME_LOST_IN_STORE


@pytest.mark.parametrize("said", [Reason.RESUME_NOT_IN_CLOUD, Reason.RESUME_LOST_IN_STORE])
def test_what_the_office_says_of_one_resume_is_about_that_one(computer: Computer, said: Reason) -> None:
    computer.office.add("0042", stored=b"x")
    computer.office.breaks_at_resume = said
    assert reason(computer.take()) is said


@pytest.mark.parametrize("said", [Reason.CLOUD_UNREACHABLE, Reason.STORE_UNAVAILABLE, Reason.AUTH_REQUIRED])
def test_an_office_that_cannot_be_asked_is_about_the_whole_export(computer: Computer, said: Reason) -> None:
    computer.office.add("0042", stored=b"x")
    computer.office.breaks_at_resume = said
    with pytest.raises(CloudError) as caught:
        computer.take()
    assert caught.value.reason is said
