"""A recruiter at work: the steps of the job, through the same APIs that the page uses."""

from collections.abc import Callable
from uuid import UUID

from demo import accounts
from demo.accounts import DemoMember
from demo.portal.state import DEMO_ACCOUNT, Portal
from demo.unattended import steps
from demo.unattended.api import LocalApi
from demo.unattended.steps import PortalLogin
from protocol.jobs import JobSnapshot
from tests.support.product import Agent

RANK, SHIP_TYPE = "SR DPO Master", "DSV DP-II"
"""A pair of the simulated portal that twelve people have."""


class Phone:
    """The phone that the portal sends its one-time code to."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def get(self, seconds_left: int | None) -> str:
        del seconds_left
        return self._portal.phone()[0] or ""


def quietly(words: str) -> None:
    del words


def sit_down(agent: Agent, member: DemoMember = accounts.RECRUITER) -> LocalApi:
    """Open the page, sign in, connect the computer to the office, choose the folder."""
    api = LocalApi(agent.launch_url)
    steps.sign_in(api, member.email, member.password)
    steps.pair(api)
    steps.choose_folder(api, agent.resumes)
    return api


def log_in(api: LocalApi, agent: Agent) -> None:
    """Log in to the portal with the code from the phone."""
    login = PortalLogin(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
    steps.log_in(api, login, Phone(agent.portal.portal), quietly)


def start_download(api: LocalApi, rank: str = RANK, ship_type: str = SHIP_TYPE) -> JobSnapshot:
    """Start a download and leave it running."""
    return api.ask(JobSnapshot, "POST", "/jobs/download", {"rank": rank, "ship_type": ship_type})


def follow_until(api: LocalApi, job_id: UUID, holds: Callable[[JobSnapshot], bool]) -> JobSnapshot:
    """Follow a job until something holds of it, and return it as it was then."""
    for message in api.follow(str(job_id)):
        if message.job is not None and holds(message.job):
            return message.job
    raise AssertionError("the job was over before")


def numbers_under_review(api: LocalApi) -> list[str]:
    """Return the portal's numbers of everybody who waits for review, in the list's order."""
    return [item.candidate_external_id for item in steps.review_items(api)]
