"""Exports of a real agent from a real cloud: this computer's files first, and the truth about the rest."""

import csv
import io
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from agent_core.files.folder import LocalResumeFiles
from agent_core.local_api.server import LocalServer, open_socket
from agent_core.logs import close_log, open_log
from protocol.spreadsheet import text_of
from tests.support.agent_rig import HOST, Rig, eventually, refused, running_rig
from tests.support.cloud_app import deliver, verify
from tests.support.cloud_simulator import CloudState
from tests.support.exports import WindowSimulator
from tests.support.real_office import (
    RealOffice,
    all_sent,
    keep_resumes,
    real_office,
    sign_in_and_pair,
    verify_all,
)

EVERYBODY: dict[str, Any] = {"filter": {}}
_numbers = count(1)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with real_office(Path(tmp_path_factory.mktemp("objects"))) as office:
        yield office


@pytest.fixture
def office(cloud: RealOffice) -> RealOffice:
    """Return an office that nobody else exports from."""
    return cloud.another(f"Office{next(_numbers)}")


@pytest.fixture
def rig(tmp_path: Path, office: RealOffice) -> Iterator[Rig]:
    with running_rig(tmp_path, CloudState(url=office.url)) as started:
        sign_in_and_pair(started, office)
        yield started
        assert started.services.exports.stop(30)


def finished(rig: Rig, view: dict[str, Any], within_seconds: float = 120) -> dict[str, Any]:
    path = f"/exports/{view['export_id']}"
    eventually(lambda: rig.read(path)["state"] != "running", within_seconds)
    found: dict[str, Any] = rig.read(path)
    return found


def exported(rig: Rig, target: Path) -> dict[str, Any]:
    rig.services.window.offer(WindowSimulator(str(target)))
    return finished(rig, rig.send("/exports", {**EVERYBODY, "save": "dialog"}))


def table(archive: zipfile.ZipFile, name: str) -> dict[str, dict[str, str]]:
    text = archive.read(name).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    texts = [{column: text_of(shown) for column, shown in row.items()} for row in rows]
    return {row["Candidate_ID"]: row for row in texts}


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and "export" in path.name.lower())


def test_an_export_takes_this_computers_files_then_the_stores_and_says_what_is_missing(
    rig: Rig, office: RealOffice, tmp_path: Path
) -> None:
    here = {number: f"%PDF of {number}" for number in ("0001", "0002", "0003")}
    stored = {number: f"%PDF of {number}" for number in ("0011", "0012", "0013")}
    files = keep_resumes(rig, stored, upload=True) | keep_resumes(rig, here, upload=False)
    other = office.cloud.computer(office.cloud.sign_in(office.email), "Old laptop")
    deliver(other, "0021")
    verify_all(rig)
    files["0002"].unlink()
    files["0003"].write_bytes(b"%PDF of somebody else")
    files["0011"].unlink()
    files["0012"].unlink()
    files["0013"].unlink()
    office.cloud.services.objects.remove(_object_key(office, "0013"))

    done = exported(rig, tmp_path / "crew.zip")

    assert done["sentence"] == "7 people, 3 resumes, 4 missing"
    with zipfile.ZipFile(tmp_path / "crew.zip") as archive:
        assert archive.testzip() is None
        people, missing = table(archive, "selected_candidates.csv"), table(archive, "missing.csv")
        for number in ("0001", "0011", "0012"):
            assert archive.read(people[number]["Resume_URL"]) == f"%PDF of {number}".encode()
    assert set(people) == {*here, *stored, "0021"}
    assert {number: row["Reason"] for number, row in missing.items()} == {
        "0002": "resume.not-on-this-computer",
        "0003": "resume.changed-here",
        "0013": "resume.lost-in-store",
        "0021": "resume.only-elsewhere",
    }
    assert missing["0021"]["Computer"] == "Old laptop"
    groups = {(group["reason"], group["device_name"]): group["people"] for group in done["missing_groups"]}
    assert groups == {
        ("resume.not-on-this-computer", "Laptop"): 1,
        ("resume.changed-here", "Laptop"): 1,
        ("resume.lost-in-store", "Laptop"): 1,
        ("resume.only-elsewhere", "Old laptop"): 1,
    }


def test_defect_10_the_office_knows_who_exported_whom(rig: Rig, office: RealOffice, tmp_path: Path) -> None:
    keep_resumes(rig, {"0001": "%PDF one"}, upload=False)
    verify_all(rig)
    done = exported(rig, tmp_path / "crew.zip")
    query = (
        "select u.email, a.action, a.details ->> 'people', cardinality(e.candidate_ids) from app.audit_log a"
        " join app.users u on u.id = a.user_id join app.exports e on e.id::text = a.subject_id"
        " where a.subject_id = %s"
    )
    assert sorted(office.cloud.rows(query, done["export_id"])) == [
        (office.email, "candidates.export", "1", 1),
        (office.email, "export.taken", "1", 1),
    ]


def test_defect_10_an_export_that_cannot_be_audited_does_not_happen(
    rig: Rig, office: RealOffice, tmp_path: Path
) -> None:
    keep_resumes(rig, {"0001": "%PDF one"}, upload=False)
    verify_all(rig)
    rig.services.window.offer(WindowSimulator(str(tmp_path / "crew.zip")))
    office.cloud.change("alter table app.audit_log add constraint full_up check (false) not valid")
    try:
        answer = rig.call("POST", "/exports", {**EVERYBODY, "save": "dialog"})
        assert refused(answer)[1] == "server.fault"
    finally:
        office.cloud.change("alter table app.audit_log drop constraint full_up")
    assert not (tmp_path / "crew.zip").exists()


def test_defect_2_formulas_and_leading_zeros_come_through_whole(
    rig: Rig, office: RealOffice, tmp_path: Path
) -> None:
    person = office.cloud.sign_in(office.email)
    computer = office.cloud.computer(person, "Other")
    facts = {"name": '=HYPERLINK("http://x.example.com")', "mobile_no": "0091 22 5550", "country": "@SUM(A1)"}
    deliver(computer, "0000042", facts=facts)
    verify(person, "0000042")
    exported(rig, tmp_path / "crew.zip")
    with zipfile.ZipFile(tmp_path / "crew.zip") as archive:
        raw = archive.read("selected_candidates.csv").decode("utf-8-sig")
        [row] = table(archive, "selected_candidates.csv").values()
    cells = [cell for line in csv.reader(io.StringIO(raw, newline="")) for cell in line]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]
    assert (row["Candidate_ID"], row["Mobile_No"]) == ("0000042", "0091 22 5550")
    assert (row["Name"], row["Country"]) == (facts["name"], "@SUM(A1)")


def test_a_cloud_that_goes_away_in_the_middle_leaves_what_was_there(
    rig: Rig, office: RealOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = keep_resumes(rig, {f"000{number}": f"%PDF {number}" for number in range(6)}, upload=True)
    verify_all(rig)
    for number in ("0003", "0004", "0005"):
        files[number].unlink()  # these come from the store
    target = tmp_path / "crew-export.zip"
    target.write_bytes(b"an older export")
    rig.services.window.offer(WindowSimulator(str(target)))
    listening = open_socket(0)
    away = LocalServer(office.cloud.app, listening, threads=4)
    away.start()
    rig.services.settings.change({"api_base_url": f"http://127.0.0.1:{listening.getsockname()[1]}"})
    at_third(monkeypatch, lambda: away.stop(20))
    done = finished(rig, rig.send("/exports", {**EVERYBODY, "save": "dialog"}))
    assert (done["state"], done["reason"]) == ("failed", "cloud.unreachable")
    assert done["saved_as"] is None
    assert target.read_bytes() == b"an older export"
    assert left_in(tmp_path) == ["crew-export.zip"]


def test_an_export_that_is_cancelled_in_the_middle_leaves_nothing(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_resumes(rig, {f"000{number}": f"%PDF {number}" for number in range(4)}, upload=False)
    verify_all(rig)
    reached, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        reached.set()
        assert go_on.wait(60)

    at_third(monkeypatch, hold)
    rig.services.window.offer(WindowSimulator(str(tmp_path / "crew-export.zip")))
    view = rig.send("/exports", {**EVERYBODY, "save": "dialog"})
    assert reached.wait(60)
    shown = rig.read(f"/exports/{view['export_id']}")
    assert (shown["state"], shown["people"]) == ("running", 4)
    assert shown["done"] < 4  # several are read at once, and one is held
    rig.send(f"/exports/{view['export_id']}/cancel")
    go_on.set()
    done = finished(rig, view)
    assert (done["state"], done["reason"]) == ("cancelled", "export.cancelled")
    assert left_in(tmp_path) == []


@pytest.mark.timeout(400)
def test_many_resumes_are_never_in_memory_together(rig: Rig, tmp_path: Path) -> None:
    filling = "x" * 195_000
    keep_resumes(rig, {f"{number:06d}": f"%PDF {number} {filling}" for number in range(120)}, upload=False)
    verify_all(rig)
    tracemalloc.start()
    try:
        done = exported(rig, tmp_path / "crew.zip")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert done["sentence"] == "120 people, 120 resumes, none missing"
    assert done["length"] == (tmp_path / "crew.zip").stat().st_size > 23_000_000
    assert most < done["length"] / 2


def test_a_browsers_ticket_is_in_no_log(rig: Rig, tmp_path: Path) -> None:
    keep_resumes(rig, {"0001": "%PDF one"}, upload=False)
    verify_all(rig)
    logging = open_log(tmp_path / "logs", "debug")
    try:
        view = finished(rig, rig.send("/exports", EVERYBODY))
        url = rig.send(f"/exports/{view['export_id']}/ticket")["url"]
        answer = rig.app.test_client().get(url, headers={"Host": HOST, "Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 200
        assert zipfile.is_zipfile(io.BytesIO(answer.data))
    finally:
        close_log(logging)
    log = (tmp_path / "logs" / "agent.log").read_text(encoding="utf-8")
    assert view["export_id"] in log
    assert url.rpartition("=")[2] not in log
    assert "Kari Testmann" not in log


def test_the_offices_copy_is_opened_through_the_agent(rig: Rig, office: RealOffice) -> None:
    files = keep_resumes(rig, {"0001": "%PDF one"}, upload=True)
    files["0001"].unlink()
    [item] = rig.read("/api/review")["items"]
    path = f"/resumes/stored/{item['resume_id']}"
    answer = rig.call("GET", path)
    assert (answer.data, answer.mimetype) == (b"%PDF one", "application/pdf")
    opened = office.cloud.rows(
        "select u.email, a.action from app.audit_log a join app.users u on u.id = a.user_id"
        " where subject_id = %s",
        item["resume_id"],
    )
    assert sorted(opened) == [(office.email, "resume.downloaded"), (office.email, "resume.link")]
    folder = office.cloud.services.settings.object_store_folder
    assert folder is not None
    (folder / _object_key(office, "0001")).write_bytes(b"%PDF of somebody else")
    assert refused(rig.call("GET", path)) == (409, "resume.lost-in-store")


def test_defect_10_opening_a_file_of_this_computer_is_in_the_offices_audit_log(
    rig: Rig, office: RealOffice
) -> None:
    keep_resumes(rig, {"0001": "%PDF one"}, upload=False)
    [item] = rig.read("/api/review")["items"]
    answer = rig.call("GET", f"/resumes/0001/{item['content_sha256']}")
    assert answer.data == b"%PDF one"
    eventually(lambda: all_sent(rig), 90)
    query = (
        "select u.email, a.device_id::text, a.action"
        " from app.audit_log a join app.users u on u.id = a.user_id where subject_id = %s"
    )
    device_id = rig.read("/pairing")["device_id"]
    assert sorted(office.cloud.rows(query, item["resume_id"])) == [
        (office.email, device_id, "resume.downloaded"),
        (office.email, device_id, "resume.opened"),
    ]


def test_a_colleague_has_this_computer_upload_what_only_it_has(rig: Rig, office: RealOffice) -> None:
    keep_resumes(rig, {"0001": "%PDF one"}, upload=False)
    colleague = office.cloud.member(office.name, "Bela", "recruiter")
    [item] = rig.read("/api/review")["items"]
    path = f"/api/resumes/{item['resume_id']}/cloud-copy"
    assert colleague.send(path)["state"] == "waiting"
    rig.running.heartbeat.beat_now()
    eventually(lambda: colleague.read(path)["state"] == "refused", 90)
    assert colleague.read(path)["reason"] == "upload.switched-off"
    rig.services.settings.change({"cloud_upload_resumes": True})
    assert colleague.send(path)["state"] == "waiting"
    rig.running.heartbeat.beat_now()
    eventually(lambda: colleague.read(path)["state"] == "stored", 90)
    eventually(lambda: all_sent(rig), 90)


def test_a_zip_of_the_cloud_comes_through_the_agent_and_breaks_off_where_it_broke(
    rig: Rig, office: RealOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_resumes(rig, {"0001": "%PDF one", "0002": "%PDF two"}, upload=True)
    verify_all(rig)
    made = rig.send("/api/export", EVERYBODY)
    path = f"/api/export/{made['export_id']}/zip"
    whole = rig.call("GET", path)
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        assert archive.testzip() is None
    asked = iter([True, False])
    monkeypatch.setattr(office.cloud.services.stopping, "is_set", lambda: not next(asked, False))
    assert refused(rig.call("GET", path))[1] == "cloud.unreachable"  # it knows how much was to come


def at_third(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen when the third file of this computer is read."""
    real, reads = LocalResumeFiles.read, count(1)

    def read(self: LocalResumeFiles, folder: Path, relative_path: str) -> bytes:
        if next(reads) == 3:
            happens()
        return real(self, folder, relative_path)

    monkeypatch.setattr(LocalResumeFiles, "read", read)


def _object_key(office: RealOffice, number: str) -> str:
    query = (
        "select r.resume_storage_path from app.resumes r join app.candidates c on c.id = r.candidate_id"
        " join app.organisations o on o.id = r.organisation_id"
        " where c.candidate_external_id = %s and o.name = %s"
    )
    ((key,),) = office.cloud.rows(query, number, office.name)
    return str(key)
