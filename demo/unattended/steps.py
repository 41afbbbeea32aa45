"""The steps of the recruiter's job, one function each, over the agent's local API."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict

from agent_core.local_api.schemas import (
    FolderView,
    JobDetails,
    OutboxView,
    PairingView,
    PortalChoices,
    SessionView,
    StreamMessage,
)
from agent_core.ports import SessionState
from cloud_api.candidates.schemas import CandidatePanel, ReviewItem, ReviewPage
from cloud_api.dashboard.schemas import DashboardData, DashboardRow
from cloud_api.devices.schemas import PairingCode
from demo.unattended.api import LocalApi
from demo.unattended.audit import FoundFile
from demo.unattended.codes import CodeSource
from protocol.ingest import IngestResult, VerdictKind
from protocol.jobs import JobSnapshot
from protocol.reasons import Reason

LOOK_AGAIN = 0.5
LOGIN_SECONDS = 180.0
OUTBOX_SECONDS_WITHOUT_PROGRESS = 90.0
REVIEW_BATCH = 100
PAGE = "100"
CODE_TRIES = 10

Say = Callable[[str], None]


class StepFailedError(Exception):
    """A step of the job did not work; the text says which, why, and what to do."""


@dataclass(frozen=True)
class PortalLogin:
    """The account on the job portal."""

    username: str
    password: str = field(repr=False)
    phone: str


class _Anything(BaseModel):
    model_config = ConfigDict(extra="ignore")


def sign_in(api: LocalApi, email: str, password: str) -> None:
    """Sign in to the office."""
    api.ask(_Anything, "POST", "/api/auth/sign-in", {"email": email, "password": password})


def pair(api: LocalApi) -> PairingView:
    """Connect this computer to the office, unless it is already."""
    view = api.ask(PairingView, "GET", "/pairing")
    if view.paired:
        return view
    code = api.ask(PairingCode, "POST", "/api/device/pairing-codes").pairing_code
    return api.ask(PairingView, "POST", "/pairing", {"pairing_code": code, "device_name": "Unattended run"})


def choose_folder(api: LocalApi, folder: Path) -> None:
    """Choose where the resumes go."""
    view = api.ask(FolderView, "PUT", "/settings/download-folder", {"download_folder": str(folder)})
    if view.reason is not None:
        raise StepFailedError(f"{folder}: {view.reason.sentence} {view.reason.next_step}")


def check_labels(api: LocalApi, rank: str, ship_type: str) -> None:
    """Refuse a rank or ship type that the portal does not have."""
    choices = api.ask(PortalChoices, "GET", "/portal/choices")
    for word, label, offered in (
        ("rank", rank, choices.ranks),
        ("ship type", ship_type, choices.ship_types),
    ):
        known = [choice.portal_label for choice in offered]
        if label not in known:
            close = [name for name in known if label.lower() in name.lower()]
            hint = f" Close to it: {', '.join(close)}." if close else ""
            raise StepFailedError(f"The portal has no {word} called {label!r}.{hint}")


def log_in(api: LocalApi, login: PortalLogin, codes: CodeSource, say: Say) -> None:
    """Log in to the portal; a wrong or expired code is asked for again."""
    body = {
        "username": login.username,
        "password": login.password,
        "phone": login.phone,
        "remember": False,
    }
    view = _settled(api, api.ask(SessionView, "POST", "/session/start", body))
    for _ in range(CODE_TRIES):
        if view.state is SessionState.CONNECTED:
            return
        if view.state is not SessionState.AWAITING_OTP and view.reason not in _ABOUT_THE_CODE:
            break
        if view.reason is not None:
            say(f"{view.reason.sentence} {view.reason.next_step}")
        view = _hand_in(api, codes, view)
    why = f"{view.reason.sentence} {view.reason.next_step}" if view.reason else f"it is {view.state.value}."
    raise StepFailedError(f"Logging in to the portal did not work: {why}")


_ABOUT_THE_CODE = frozenset({Reason.LOGIN_WRONG_OTP, Reason.LOGIN_OTP_EXPIRED})


def _hand_in(api: LocalApi, codes: CodeSource, view: SessionView) -> SessionView:
    if view.reason is Reason.LOGIN_OTP_EXPIRED or view.otp_seconds_left == 0:
        view = _settled(api, api.ask(SessionView, "POST", "/session/resend-otp"))
    otp = codes.get(view.otp_seconds_left)
    if not otp:
        return _settled(api, api.ask(SessionView, "POST", "/session/resend-otp"))
    return _settled(api, api.ask(SessionView, "POST", "/session/verify-otp", {"otp": otp}))


def _settled(api: LocalApi, view: SessionView) -> SessionView:
    deadline = time.monotonic() + LOGIN_SECONDS
    while view.state in (SessionState.CONNECTING, SessionState.VERIFYING):
        if time.monotonic() > deadline:
            raise StepFailedError("Logging in to the portal took too long. Look whether the portal answers.")
        time.sleep(LOOK_AGAIN)
        view = api.ask(SessionView, "GET", "/session")
    return view


def download(
    api: LocalApi, rank: str, ship_type: str, force: bool, seen: Callable[[StreamMessage], None]
) -> JobDetails:
    """Download the resumes of one rank and ship type; ``seen`` is told of every change."""
    body = {"rank": rank, "ship_type": ship_type, "force_redownload": force}
    job = api.ask(JobSnapshot, "POST", "/jobs/download", body)
    for message in api.follow(str(job.job_id)):
        seen(message)
    return api.ask(JobDetails, "GET", f"/jobs/{job.job_id}")


def wait_for_outbox(api: LocalApi, say: Say) -> None:
    """Wait until the office has everything; give up only when nothing moves any more."""
    before: tuple[int, int] | None = None
    deadline = time.monotonic() + OUTBOX_SECONDS_WITHOUT_PROGRESS
    while True:
        counts = api.ask(OutboxView, "GET", "/outbox").counts
        now = (counts.waiting, counts.uploads_waiting)
        if now == (0, 0):
            break
        if now != before:
            say(f"{counts.waiting} records and {counts.uploads_waiting} files to send to the office")
            before, deadline = now, time.monotonic() + OUTBOX_SECONDS_WITHOUT_PROGRESS
        if time.monotonic() > deadline:
            raise StepFailedError(
                "Sending to the office does not get on. Look at the agent's and cloud's logs."
            )
        time.sleep(LOOK_AGAIN)
    if counts.parked:
        raise StepFailedError(f"The office refused {counts.parked} records; GET /outbox says which and why.")


def review_items(api: LocalApi) -> Iterator[ReviewItem]:
    """Walk the Review list."""
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
        page = api.ask(ReviewPage, "GET", "/api/review", query=query)
        yield from page.items
        cursor = page.next_cursor


def verify(api: LocalApi, resumes: Sequence[UUID]) -> None:
    """Put the people of these resumes on the dashboard."""
    for start in range(0, len(resumes), REVIEW_BATCH):
        items = [
            {"event_id": str(uuid4()), "resume_id": str(resume)}
            for resume in resumes[start : start + REVIEW_BATCH]
        ]
        result = api.ask(IngestResult, "POST", "/api/review/verify", {"items": items})
        refused = [verdict for verdict in result.verdicts if verdict.verdict is VerdictKind.REJECTED]
        if refused:
            why = refused[0].reason.sentence if refused[0].reason else refused[0].detail
            raise StepFailedError(f"The office refused {len(refused)} verifications: {why}")


def dashboard_rows(api: LocalApi) -> Iterator[DashboardRow]:
    """Walk the dashboard, the Archive included."""
    for archive in ("false", "true"):
        cursor: str | None = ""
        while cursor is not None:
            query = {"archive": archive, "limit": PAGE} | ({"cursor": cursor} if cursor else {})
            page = api.ask(DashboardData, "GET", "/api/dashboard/data", query=query)
            yield from page.rows
            cursor = page.next_cursor


def found_file(api: LocalApi, candidate_id: UUID, folder: Path) -> FoundFile:
    """Look up a person's newest resume: on record, in the folder, and as the agent hands it out."""
    panel = api.ask(CandidatePanel, "GET", f"/api/candidates/{candidate_id}")
    number = panel.candidate_external_id
    if not panel.resumes:
        return FoundFile(number, "", b"", None)
    newest = panel.resumes[0]
    served = api.bytes_of(f"/resumes/{number}/{newest.content_sha256}")
    on_disk = next((path.read_bytes() for path in folder.rglob(_literal(newest.filename))), None)
    return FoundFile(number, newest.file_sha256, served, on_disk)


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
