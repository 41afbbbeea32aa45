"""What to do when a download waits instead of running: log in again, try again, or give up with the reason.

A recruiter would do the same; only what needs their judgement, such as a captcha, ends an unattended run.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from agent_core.downloads.queue import WaitsFor
from agent_core.local_api.schemas import SessionView, StreamMessage
from agent_core.ports import SessionState
from demo.unattended import steps
from demo.unattended.api import LocalApi
from demo.unattended.codes import CodeSource
from demo.unattended.steps import PortalLogin, Say, StepFailedError
from protocol.jobs import JobSnapshot

TRIES = 4
LOGINS = 10
BETWEEN_TRIES = 15.0


class Waiting:
    """Looks after one download."""

    def __init__(
        self,
        api: LocalApi,
        login: PortalLogin,
        codes: CodeSource,
        say: Say,
        quiet: Callable[[], AbstractContextManager[object]],
    ) -> None:
        """Act over ``api``.

        Args:
            api: the agent.
            login: the account on the portal.
            codes: gives the one-time code.
            say: tells people what is done.
            quiet: keeps the live line still while a code is asked for.
        """
        self._api = api
        self._login = login
        self._codes = codes
        self._say = say
        self._quiet = quiet
        self._tries = 0
        self._logins = 0

    def seen(self, message: StreamMessage) -> None:
        """Look at a change of the job, and act when it waits.

        Raises:
            StepFailedError: only a person can let it go on, or it was tried often enough.
        """
        job = message.job
        if job is None or message.queued is None:
            return
        waits_for = message.queued.waits_for
        if waits_for is WaitsFor.LOGIN:
            self._log_in_again(job)
        elif waits_for is WaitsFor.PORTAL and self._tries < TRIES:
            self._try_again(job)
        elif waits_for is not WaitsFor.TURN:
            raise StepFailedError(f"The download waits: {_why(job)}")

    def _log_in_again(self, job: JobSnapshot) -> None:
        if self._api.ask(SessionView, "GET", "/session").state is SessionState.CONNECTED:
            return  # this message is older than the login
        self._logins += 1
        if self._logins > LOGINS:
            raise StepFailedError(f"The download waits again and again: {_why(job)}")
        with self._quiet():
            self._say(f"Logging in to the job portal again: {_why(job)}")
            steps.log_in(self._api, self._login, self._codes, self._say)

    def _try_again(self, job: JobSnapshot) -> None:
        self._tries += 1
        self._say(f"Trying again in {BETWEEN_TRIES:.0f} seconds: {_why(job)}")
        time.sleep(BETWEEN_TRIES)
        self._api.ask(JobSnapshot, "POST", f"/jobs/{job.job_id}/resume")


def _why(job: JobSnapshot) -> str:
    return f"{job.reason.sentence} {job.reason.next_step}" if job.reason else "it has lost its login."
