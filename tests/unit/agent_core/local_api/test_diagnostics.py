"""The diagnostics over the local API: canaries are planted wherever a person leaves traces."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from agent_core.files import file_manager
from agent_core.logs import close_log, open_log
from protocol.reasons import Reason
from tests.support.agent_rig import Rig, answered, eventually, refused, running_rig
from tests.support.cloud_simulator import running_cloud

NAME, PHONE, MAIL, TOKEN = "Kanarifugl", "4791234567", "kanari@example.com", "njd_kanarihemmelig"
CANARIES = (NAME, NAME.lower(), PHONE, MAIL, TOKEN, "Kanarimappe")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    folder = tmp_path / NAME
    folder.mkdir()
    with running_rig(folder, start=False) as joined:
        yield joined


class Chooses:
    """A window whose person chooses this."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.asked = ""

    def bring_up(self) -> None:
        return None

    def call_for_attention(self, message: str) -> None:
        del message

    def choose_folder(self, start: str) -> str | None:
        del start
        return None

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        self.asked = folder + file_name
        return self.answer


def files_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def plant(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NJORDHR_PASSWORD", TOKEN)
    monkeypatch.setenv("USER", NAME)
    resumes = rig.folder / "Kanarimappe"
    resumes.mkdir()
    (resumes / f"{NAME}_{PHONE}.pdf").write_bytes(b"%PDF")
    rig.send("/settings/download-folder", {"download_folder": str(resumes)}, "PUT")
    rig.services.settings.change({"portal": {"username": NAME, "phone": PHONE}, "unknown": MAIL})
    rig.secrets.put("device-token", TOKEN)
    rig.store.facts.put({"organisation_name": NAME, "user_email": MAIL})
    with rig.store.records.write() as connection:
        connection.execute(
            "insert into jobs (job_id, rank, ship_type, force_redownload, status, reason, created_at)"
            " values (?, ?, ?, 0, 'running', ?, '2026-11-24T09:00:00Z')",
            ("6f1f9e0a-6f3e-4b5c-9d53-1c2b3a4d5e6f", NAME, NAME, NAME),
        )
        connection.execute(
            "insert into listings (job_id, seq, change, candidate_external_id, details_url, state, reason,"
            " name) values (?, 1, 1, ?, ?, 'failed', ?, ?)",
            ("6f1f9e0a-6f3e-4b5c-9d53-1c2b3a4d5e6f", NAME, f"http://x/{NAME}", MAIL, NAME),
        )


def log_canaries(rig: Rig) -> None:
    handler = open_log(rig.folder / "logs", "info")
    log = structlog.get_logger()
    log.info("agent_started", port=47130, version="0.1.0")
    log.info(f"{NAME} has logged in", phone=int(PHONE), mail=MAIL)
    log.error("local_api_fault", error=NAME, at=f"/home/{NAME}/x.py:1", name=NAME, candidate_external_id=NAME)
    close_log(handler)
    with (rig.folder / "logs" / "agent.log").open("a") as file:
        file.write(f"Traceback of {NAME}\n  {TOKEN}\n")
    (rig.folder / "logs" / "agent.log.1").write_text(f'{{"event": "x", "token": "{TOKEN}"}}\n')


def test_nothing_personal_is_in_the_bundle(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(rig, monkeypatch)
    log_canaries(rig)
    answer = rig.call("GET", "/diagnostics")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=NjordHR-diagnostics-")
    files = files_of(answer.data)
    everything = "\n".join([*files, *files.values()])
    assert [canary for canary in CANARIES if canary in everything] == []
    assert str(rig.folder) not in everything
    about, counts = json.loads(files["about.json"]), json.loads(files["counts.json"])
    assert about["browser"]["version"] == "131.0.6778.85"
    assert counts["others"] == 2
    first = json.loads(files["logs/agent-0.log"].splitlines()[0])
    assert (first["event"], first["port"]) == ("agent_started", 47130)


def test_it_is_saved_where_the_person_says(rig: Rig, tmp_path: Path) -> None:
    window = Chooses(str(tmp_path / "for support.zip"))
    rig.services.window.offer(window)
    assert rig.send("/diagnostics/save") == {"path": window.answer}
    assert window.asked.startswith("NjordHR-diagnostics-")
    assert "about.json" in files_of((tmp_path / "for support.zip").read_bytes())
    window.answer = None
    assert rig.send("/diagnostics/save") == {"path": None}
    window.answer = str(tmp_path / "nowhere" / "x.zip")
    assert refused(rig.call("POST", "/diagnostics/save")) == (422, Reason.DIAGNOSTICS_NOT_SAVED)


def test_the_folder_of_the_log_is_shown(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show", shown.append)
    assert rig.call("POST", "/logs/show").status_code == 204
    assert shown == [rig.folder / "logs"]


def test_without_a_window_it_is_not_saved(rig: Rig) -> None:
    assert refused(rig.call("POST", "/diagnostics/save")) == (409, Reason.WINDOW_NOT_THERE)


def test_the_last_contact_with_the_cloud_is_told(tmp_path: Path) -> None:
    with running_cloud() as cloud, running_rig(tmp_path, cloud) as rig:
        rig.pair()
        eventually(lambda: rig.read("/status")["last_cloud_contact_at"] is not None)
        told = json.loads(files_of(rig.call("GET", "/diagnostics").data)["about.json"])
        assert told["cloud_is_reachable"] is True
        assert answered(rig.call("GET", "/health"))["cloud"] == "reachable"
