"""What one person's error means for the others, and what the log says of it."""

from uuid import UUID

import pytest

from agent_core.downloads.task import Task, reason_for_all
from agent_core.errors import PortalSessionError
from protocol.jobs import JobRequest, LogLevel
from protocol.reasons import Reason
from tests.support.download_world import FOLDER, RANK, SHIP
from tests.support.simulated import SimulatedFiles, SimulatedPortal, SimulatedStore


@pytest.mark.parametrize(
    ("of_one", "of_all"),
    [
        (Reason.RESUME_LOGIN_PAGE, Reason.PORTAL_SESSION_ENDED),
        (Reason.BROWSER_GONE, Reason.BROWSER_GONE),
    ],
)
def test_a_login_page_instead_of_a_resume_is_the_end_of_the_session(of_one: Reason, of_all: Reason) -> None:
    assert reason_for_all(PortalSessionError(of_one)) is of_all


def test_the_log_says_the_reason_in_words() -> None:
    store = SimulatedStore()
    job_id: UUID = store.submit(JobRequest(rank=RANK, ship_type=SHIP))
    task = Task(store.job(job_id), SimulatedPortal(), SimulatedFiles(), store, FOLDER, lambda: None)
    task.tell(LogLevel.WARNING, Reason.PORTAL_CHANGED, "select#rank")
    task.tell(LogLevel.WARNING, Reason.JOB_PAUSED)
    assert store.lines == [f"{Reason.PORTAL_CHANGED.sentence} (select#rank)", Reason.JOB_PAUSED.sentence]
