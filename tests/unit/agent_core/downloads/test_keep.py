"""A resume is kept with its file and its record, and not at all when that would change nothing."""

import pytest

from agent_core.downloads.keep import TEXT_LIMIT, here, keep
from agent_core.downloads.plan import Here
from agent_core.downloads.task import Task
from agent_core.errors import FilesError
from agent_core.ports import FetchedResume, Listing, ListingRow
from protocol.jobs import JobRequest
from protocol.reasons import Reason
from tests.support.download_world import FOLDER, RANK, SHIP
from tests.support.simulated import SimulatedFiles, SimulatedPortal, SimulatedStore

CELLS = ((("Name", "Kari Testmann"), ("Present Rank", RANK)),)


def running() -> tuple[Task, SimulatedStore]:
    store = SimulatedStore()
    job = store.start_job(store.submit(JobRequest(rank=RANK, ship_type=SHIP)))
    return Task(job, SimulatedPortal(), SimulatedFiles(), store, FOLDER, lambda: None), store


def listed(task: Task, number: str = "0042") -> ListingRow:
    return task.store.add_listing(task.job_id, Listing(number, f"http://portal.example.com/{number}"))


def page(text: str = "Name\tKari Testmann") -> FetchedResume:
    return FetchedResume(b"%PDF-1.4 %%EOF", text, CELLS)


def test_what_is_kept_is_recorded_with_its_facts_and_its_text() -> None:
    task, store = running()
    keep(task, listed(task), page("Name\tKari Testmann" + "x" * TEXT_LIMIT))
    [resume] = store.stored
    assert (resume.facts.name, resume.candidate_external_id) == ("Kari Testmann", "0042")
    assert len(resume.text.text) == TEXT_LIMIT
    assert here(task, task.store.known_resume("0042")) is Here.INTACT


def test_the_same_again_is_not_written() -> None:
    task, store = running()
    keep(task, listed(task), page())
    again = listed(task)
    keep(task, again, page())
    assert len(store.stored) == 1
    assert store.listings(task.job_id)[-1].reason is Reason.SKIP_UNCHANGED


def test_a_file_that_cannot_be_written_is_not_recorded() -> None:
    task, store = running()
    assert isinstance(task.files, SimulatedFiles)
    task.files.trouble = {"2nd_Officer/2nd_Officer_0042.pdf": FilesError(Reason.FILE_IN_USE)}
    with pytest.raises(FilesError):
        keep(task, listed(task), page())
    assert store.stored == []
    assert here(task, store.known_resume("0042")) is Here.NOTHING
