"""What the office asks is done once, whatever comes again, and refused with a reason people can use."""

import base64
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from agent_core.cloud.sealing import SealingKey
from agent_core.errors import RequestError
from agent_core.ports import BrowserReport, SessionState
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.office import OfficeCommands
from protocol.commands import Command, CommandKind, sealing_info
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.agent import REQUEST
from tests.support.agent_rig import Rig, eventually, running_rig
from tests.support.portal_simulator import OTP, PASSWORD

DEVICE = UUID("5b0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0001")
FIT = BrowserReport("Chromium", "131.0.6778.85", "131.0.6778.85")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path) as started:
        started.services.settings.change({"device_id": str(DEVICE)})
        yield started


def office(rig: Rig, browser: BrowserReport = FIT) -> OfficeCommands:
    """Return them as they are after a start: nothing is remembered but in the records."""
    parts = rig.services
    key = SealingKey(rig.secrets)
    check = BrowserCheck(lambda: browser)
    return OfficeCommands(
        rig.store.commands, parts.portal, parts.settings, parts.logins, check, open_code=key.open
    )


def command(kind: CommandKind, **more: object) -> Command:
    return Command.model_validate({"command_id": uuid4(), "kind": kind, **more})


def start(job_id: UUID | None = None) -> Command:
    return command(CommandKind.START_DOWNLOAD, job_id=job_id or uuid4(), download=REQUEST)


def code(rig: Rig, otp: str) -> Command:
    command_id = uuid4()
    point = base64.urlsafe_b64decode(SealingKey(rig.secrets).public() + "==")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    data = suite.encrypt(otp.encode(), public, sealing_info(DEVICE, command_id))
    text = base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    return Command(command_id=command_id, kind=CommandKind.PORTAL_CODE, sealed_code=text)


def remember_login(rig: Rig) -> None:
    rig.services.settings.change({"portal": {"username": "office", "phone": "0047 22"}})
    rig.secrets.put("portal-password:office", PASSWORD)


def test_a_download_waits_for_the_login_that_is_asked_for_and_runs(rig: Rig) -> None:
    rig.choose_folder()
    remember_login(rig)
    asked, obeyed = start(), office(rig)
    assert obeyed.obey(asked) is None
    assert obeyed.obey(command(CommandKind.CONNECT_PORTAL)) is None
    assert rig.services.portal.session().state is SessionState.AWAITING_OTP
    assert obeyed.obey(command(CommandKind.RESEND_CODE)) is None
    assert obeyed.obey(code(rig, "000000")) is Reason.LOGIN_WRONG_OTP
    assert obeyed.obey(code(rig, OTP)) is None
    assert asked.job_id is not None
    eventually(lambda: rig.store.job(asked.job_id).status is JobStatus.SUCCESS)  # type: ignore[arg-type]  # see above
    assert obeyed.obey(command(CommandKind.CONNECT_PORTAL)) is None  # it is connected already
    assert obeyed.obey(command(CommandKind.DISCONNECT_PORTAL)) is None
    assert rig.services.portal.session().state is SessionState.DISCONNECTED


def test_a_command_that_comes_again_is_answered_as_before(rig: Rig) -> None:
    rig.choose_folder()
    asked, cancel = start(), command(CommandKind.CANCEL_JOB, job_id=uuid4())
    assert office(rig).obey(asked) is None
    refused = office(rig).obey(start())  # of the same rank and ship type
    assert refused is Reason.JOB_ALREADY_THERE
    cancel = command(CommandKind.CANCEL_JOB, job_id=asked.job_id)
    for _ in range(2):
        assert office(rig).obey(cancel) is None
    assert office(rig).obey(command(CommandKind.CANCEL_JOB, job_id=asked.job_id)) is Reason.JOB_NOT_ACTIVE
    assert office(rig).obey(asked) is None
    assert [job.status for job in rig.store.newest_jobs()] == [JobStatus.CANCELLED]


def test_a_pause_that_comes_again_does_not_undo_what_happened_since(rig: Rig) -> None:
    rig.choose_folder()
    asked = start()
    pause = command(CommandKind.PAUSE_JOB, job_id=asked.job_id)
    office(rig).obey(asked)
    office(rig).obey(pause)
    [job] = rig.store.jobs_in(JobStatus.QUEUED)
    assert job.reason is Reason.JOB_PAUSED
    assert office(rig).obey(command(CommandKind.RESUME_JOB, job_id=asked.job_id)) is None
    assert office(rig).obey(pause) is None
    [job] = rig.store.jobs_in(JobStatus.QUEUED)
    assert job.reason is None


def test_a_running_download_is_cancelled_by_the_office(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    asked = start()
    office(rig).obey(asked)
    assert rig.portal.fetching.wait(60)
    assert office(rig).obey(command(CommandKind.CANCEL_JOB, job_id=asked.job_id)) is None
    rig.portal.go_on.set()
    eventually(lambda: rig.store.newest_jobs()[0].status is JobStatus.CANCELLED)


def test_without_a_folder_or_a_kept_login_the_reason_says_what_to_do(rig: Rig) -> None:
    assert office(rig).obey(start()) is Reason.FOLDER_NOT_SET
    assert office(rig).obey(command(CommandKind.CONNECT_PORTAL)) is Reason.LOGIN_NOT_KEPT
    remember_login(rig)
    unfit = BrowserReport("", "", "", reason=Reason.BROWSER_GONE)
    assert office(rig, unfit).obey(command(CommandKind.CONNECT_PORTAL)) is Reason.BROWSER_GONE


def test_a_code_of_an_earlier_key_is_refused(rig: Rig) -> None:
    asked = code(rig, OTP)
    rig.secrets.drop("command-key")
    assert office(rig).obey(asked) is Reason.CODE_NOT_FOR_US


def test_what_makes_no_sense_is_refused(rig: Rig) -> None:
    for kind in (CommandKind.START_DOWNLOAD, CommandKind.CANCEL_JOB, CommandKind.UPLOAD_RESUME):
        assert office(rig).obey(command(kind)) is Reason.COMMAND_UNKNOWN
    assert office(rig).obey(command(CommandKind.START_DOWNLOAD, job_id=uuid4())) is Reason.COMMAND_UNKNOWN


def test_an_agent_that_is_closing_answers_nothing(rig: Rig) -> None:
    remember_login(rig)
    assert rig.services.portal.stop(60)
    with pytest.raises(RequestError) as caught:
        office(rig).obey(command(CommandKind.CONNECT_PORTAL))
    assert caught.value.reason is Reason.AGENT_STOPPING
