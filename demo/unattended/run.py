"""The whole job from the launch code to the dashboard, with its proof."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agent_core.local_api.schemas import JobDetails, StreamMessage
from demo.unattended import audit, steps
from demo.unattended.api import LocalApi
from demo.unattended.codes import CodeSource
from demo.unattended.progress import JobProgress
from demo.unattended.steps import PortalLogin, Say
from demo.unattended.waiting import Waiting
from protocol.jobs import JobCounts


@dataclass(frozen=True)
class Task:
    """What to do, as whom.

    Attributes:
        folder: where the resumes go.
        force: fetch again what is here already.
    """

    rank: str
    ship_type: str
    folder: Path
    email: str
    password: str = field(repr=False)
    login: PortalLogin = field(repr=False)
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it. All was well when nothing is wrong."""

    counts: JobCounts
    synced: int
    dashboard_candidates: int
    seconds: float
    wrong: tuple[str, ...]

    def summary(self) -> Mapping[str, int | float]:
        """Return the object of the last line."""
        return audit.summary(self.counts, self.synced, self.dashboard_candidates, self.seconds)


def run(task: Task, launch_url: str, codes: CodeSource, say: Say, progress: JobProgress) -> Outcome:
    """Do the job.

    Raises:
        RefusedError: a request was refused.
        StepFailedError: a step did not work.
        NoCodeError: there is no one-time code.
        httpx.HTTPError: the agent does not answer.
    """
    started = time.monotonic()
    with LocalApi(launch_url) as api:
        say("Signing in to the office")
        steps.sign_in(api, task.email, task.password)
        say(f"This computer belongs to {steps.pair(api).organisation_name}")
        steps.choose_folder(api, task.folder)
        steps.check_labels(api, task.rank, task.ship_type)
        say("Logging in to the job portal")
        steps.log_in(api, task.login, codes, say)
        say(f"Downloading: {task.rank}, {task.ship_type}")
        waiting = Waiting(api, task.login, codes, say, progress.quiet)

        def seen(message: StreamMessage) -> None:
            progress.seen(message)
            waiting.seen(message)

        with progress:
            details = steps.download(api, task.rank, task.ship_type, task.force, seen)
        for line in audit.why(details.listings):
            say(f"  {line}")
        say("Sending to the office")
        steps.wait_for_outbox(api, say)
        return _finish(api, task, details, say, started)


def _finish(api: LocalApi, task: Task, details: JobDetails, say: Say, started: float) -> Outcome:
    people = audit.people_of(details.listings)
    stored = audit.stored_of(details.listings)
    waiting = [item for item in steps.review_items(api) if item.candidate_external_id in people]
    say(f"Verifying {len(waiting)} people")
    steps.verify(api, [item.resume_id for item in waiting])
    rows = {row.candidate_external_id: row for row in steps.dashboard_rows(api)}
    on_dashboard = people & rows.keys()
    say(f"Checking the files of {len(on_dashboard)} people")
    files = [steps.found_file(api, rows[number].candidate_id, task.folder) for number in sorted(on_dashboard)]
    known = frozenset(file.candidate_external_id for file in files if file.recorded_sha256)
    wrong = [
        *audit.wrong_with_job(details.job, details.listings),
        *audit.wrong_with_office(people, stored, known, frozenset(rows)),
        *audit.wrong_with_files(files),
    ]
    seconds = time.monotonic() - started
    return Outcome(details.job.counts, len(stored & known), len(on_dashboard), seconds, tuple(wrong))
