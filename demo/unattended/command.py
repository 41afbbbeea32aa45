"""What `--unattended` does with the running demo, and what it prints."""

import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console

from demo import accounts
from demo.portal.state import DEMO_ACCOUNT
from demo.running import RunningDemo
from demo.unattended.api import RefusedError
from demo.unattended.codes import CodeSource, NoCodeError, Person, PhonePage
from demo.unattended.progress import JobProgress
from demo.unattended.run import Outcome, Task, run
from demo.unattended.steps import PortalLogin, StepFailedError
from protocol.jobs import JobCounts

PASSWORD_VARIABLE = "NJORDHR_PORTAL_PASSWORD"  # noqa: S105 - the name of a variable


@dataclass(frozen=True)
class Wish:
    """What the command line asks for."""

    rank: str
    ship_type: str
    folder: Path | None
    force: bool


def login_for_other_portal(username: str, phone: str) -> PortalLogin:
    """Return the login to a portal that is not the demo's.

    The password's variable is taken out of the environment, so that no child process inherits it.
    """
    password = os.environ.pop(PASSWORD_VARIABLE, "") or getpass.getpass("Password of the portal: ")
    return PortalLogin(username, password, phone)


def demo_login() -> PortalLogin:
    """Return the login to the simulated portal."""
    return PortalLogin(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)


def perform(demo: RunningDemo, wish: Wish, login: PortalLogin, is_demo: bool, console: Console) -> Outcome:
    """Do the job; whatever stands in its way is in the outcome's ``wrong``."""

    def say(line: str) -> None:
        console.print(line, highlight=False, markup=False, soft_wrap=True)

    member = accounts.RECRUITER
    folder = (wish.folder or demo.download_folder()).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    task = Task(
        wish.rank, wish.ship_type, folder, member.email, member.password, login=login, force=wish.force
    )
    try:
        return run(task, demo.agent.launch_url(), _codes(demo, is_demo, say), say, JobProgress(console))
    except (RefusedError, StepFailedError, NoCodeError) as error:
        return _nothing_done(str(error))
    except httpx.HTTPError as error:
        return _nothing_done(
            f"The agent did not answer ({type(error).__name__}). Its log is in {demo.folder.agent}."
        )


def report(outcome: Outcome, console: Console) -> int:
    """Say what was wrong, print the last line, and return the exit code."""
    for sentence in outcome.wrong:
        console.print(f"✗ {sentence}", highlight=False, markup=False, soft_wrap=True)
    if not outcome.wrong:
        console.print("✓ Everything adds up, and everybody is on the dashboard.")
    console.file.flush()
    sys.stdout.write(json.dumps(dict(outcome.summary())) + "\n")
    sys.stdout.flush()
    return 1 if outcome.wrong else 0


def _codes(demo: RunningDemo, is_demo: bool, say: Callable[[str], None]) -> CodeSource:
    return PhonePage(demo.stack.phone_url) if is_demo else Person(sys.stdin.readline, say)


def _nothing_done(why: str) -> Outcome:
    return Outcome(JobCounts(), 0, 0, 0.0, (why,))
