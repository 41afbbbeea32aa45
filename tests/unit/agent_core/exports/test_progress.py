"""What an export says of itself."""

import pytest

from agent_core.exports.progress import ExportState, Progress
from protocol.reasons import Reason


def test_a_finished_export_says_what_it_has() -> None:
    progress = Progress(people=48)
    for _ in range(45):
        progress = progress.with_resume()
    for _ in range(3):
        progress = progress.without_resume(Reason.RESUME_ONLY_ELSEWHERE, "Laptop")
    assert progress.sentence == "48 of 48"
    assert progress.missing == {(Reason.RESUME_ONLY_ELSEWHERE, "Laptop"): 3}
    assert progress.ended(ExportState.DONE).sentence == "48 people, 45 resumes, 3 missing"


def test_one_is_one_and_nothing_missing_is_said() -> None:
    progress = Progress(people=1).with_resume().ended(ExportState.DONE)
    assert progress.sentence == "1 person, 1 resume, none missing"


def test_one_that_failed_says_why() -> None:
    progress = Progress(people=2).ended(ExportState.FAILED, Reason.EXPORT_DISK_FULL)
    assert progress.sentence == Reason.EXPORT_DISK_FULL.sentence


@pytest.mark.parametrize("state", list(ExportState))
def test_only_a_running_one_goes_on(state: ExportState) -> None:
    assert state.is_final is (state is not ExportState.RUNNING)
