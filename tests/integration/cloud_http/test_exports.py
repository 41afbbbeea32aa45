"""Exports over HTTP, on the real database and the folder store: whom they have, what is in them, whose."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from cloud_api.errors import NotFound
from cloud_api.exports import read
from protocol.export_archive import COLUMNS
from protocol.spreadsheet import text_of
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_resumes import delivered, upload
from tests.support.cloud_app import Caller, Cloud, deliver, new_id, refused, row_of, verify

PDF = b"%PDF-1.7\n" + b"synthetic resume " * 100


def pdf(number: str) -> bytes:
    return PDF + number.encode()


def stored(cloud: Cloud, office: Office, number: str, **changes: Any) -> dict[str, Any]:
    """Have a person verified whose resume the office's store holds; return their row of the dashboard."""
    request = delivered(office, number, pdf(number), **changes)
    upload(cloud, office.computer, request, pdf(number))
    return verify(office.recruiter, number)


def make(caller: Caller, *rows: dict[str, Any]) -> dict[str, Any]:
    body = {"candidate_ids": [row["candidate_id"] for row in rows]}
    answer = caller.post("/api/export", body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    made: dict[str, Any] = answer.get_json()
    return made


def zip_of(caller: Caller, made: dict[str, Any]) -> zipfile.ZipFile:
    answer = caller.get(f"/api/export/{made['export_id']}/zip")
    assert answer.status_code == 200
    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=NjordHR_export_")
    assert answer.headers["Content-Length"] == str(len(answer.data))
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def table(archive: zipfile.ZipFile, name: str = "selected_candidates.csv") -> list[dict[str, str]]:
    """Return a table of the ZIP as its texts: without the marks that keep spreadsheets from changing them."""
    text = archive.read(name).decode("utf-8-sig")
    return [
        {column: text_of(shown) for column, shown in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def entries(cloud: Cloud, made: dict[str, Any]) -> list[tuple[Any, ...]]:
    return cloud.rows(
        "select user_id::text, action, details ->> 'people', details ->> 'chosen_by' from app.audit_log"
        " where subject_id = %s",
        made["export_id"],
    )


def object_key(cloud: Cloud, number: str) -> str:
    query = (
        "select r.resume_storage_path from app.resumes r join app.candidates c on c.id = r.candidate_id"
        " where c.candidate_external_id = %s"
    )
    ((key,),) = cloud.rows(query, number)
    return str(key)


def test_a_selection_becomes_a_zip_of_the_table_and_the_resumes(cloud: Cloud, office: Office) -> None:
    rows = [stored(cloud, office, number) for number in ("0700", "0701")]
    archive = zip_of(office.colleague, make(office.colleague, *rows))
    assert archive.namelist() == [
        "resumes/2nd_Officer/2nd_Officer_0700.pdf",
        "resumes/2nd_Officer/2nd_Officer_0701.pdf",
        "selected_candidates.csv",
        "missing.csv",
    ]
    assert archive.read("resumes/2nd_Officer/2nd_Officer_0701.pdf") == pdf("0701")
    assert archive.read("selected_candidates.csv").startswith(b"\xef\xbb\xbfCandidate_ID,")
    first = table(archive)[0]
    assert tuple(first) == COLUMNS
    assert first == {
        "Candidate_ID": "0700",
        "Filename": "2nd_Officer_0700.pdf",
        "Resume_URL": "resumes/2nd_Officer/2nd_Officer_0700.pdf",
        "Date_Added": first["Date_Added"],
        "Event_Type": "initial_verification",
        "Status": "New",
        "Notes": "",
        "Rank_Applied_For": "2nd Officer",
        "Search_Ship_Type": "Bulk Carrier",
        "AI_Search_Prompt": "",
        "AI_Match_Reason": "",
        "Name": "Seafarer 0700",
        "Present_Rank": "3rd Officer",
        "Email": "seafarer0700@example.com",
        "Country": "India",
        "Mobile_No": "+49 170 0700",
    }
    assert first["Date_Added"].endswith("Z")
    assert len(first["Date_Added"]) == len("2026-11-12T08:00:00.000000Z")
    assert table(archive, "missing.csv") == []


def test_the_newest_event_that_still_holds_is_the_row(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0702")
    change = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    office.recruiter.send("/api/dashboard/status", change | {"status": "Contacted"})
    row = row_of(office.recruiter, "0702")
    note = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    office.recruiter.send("/api/dashboard/notes", note | {"note": '=HYPERLINK("x")\nsecond "line"'})
    found = table(zip_of(office.recruiter, make(office.recruiter, row)))[0]
    assert (found["Event_Type"], found["Status"]) == ("note_added", "Contacted")
    assert found["Notes"] == '=HYPERLINK("x")\nsecond "line"'
    office.recruiter.send("/api/undo", {"event_id": new_id(), "undoes_event_id": note["event_id"]})
    found = table(zip_of(office.recruiter, make(office.recruiter, row)))[0]
    assert (found["Event_Type"], found["Status"], found["Notes"]) == ("status_change", "Contacted", "")


def test_defect_2_no_formula_is_run_and_no_zero_is_lost(cloud: Cloud, office: Office) -> None:
    facts = {
        "name": "=cmd|' /C calc'!A0",
        "mobile_no": "0091 22 5550 0142",
        "country": "@India",
        "email": "-1+1",
    }
    row = stored(cloud, office, "0000703", facts=facts)
    archive = zip_of(office.recruiter, make(office.recruiter, row))
    raw = list(
        csv.reader(io.StringIO(archive.read("selected_candidates.csv").decode("utf-8-sig"), newline=""))
    )
    shown = dict(zip(raw[0], raw[1], strict=True))
    assert not [value for value in shown.values() if value[:1] in set("=+-@\t\r")]
    assert shown["Candidate_ID"] == "'0000703"
    found = table(archive)[0]
    assert (found["Candidate_ID"], found["Mobile_No"]) == ("0000703", "0091 22 5550 0142")
    assert (found["Name"], found["Country"], found["Email"]) == (facts["name"], "@India", "-1+1")


def test_what_is_missing_is_named_with_the_reason_and_what_to_do(cloud: Cloud, office: Office) -> None:
    deliver(office.computer, "0710")
    only_there = verify(office.recruiter, "0710")
    lost, changed, fine = (stored(cloud, office, number) for number in ("0711", "0712", "0713"))
    cloud.services.objects.remove(object_key(cloud, "0711"))
    folder = cloud.services.settings.object_store_folder
    assert folder is not None
    (folder / object_key(cloud, "0712")).write_bytes(PDF + b"somebody else")
    archive = zip_of(office.recruiter, make(office.recruiter, only_there, lost, changed, fine))
    missing = {row["Candidate_ID"]: row for row in table(archive, "missing.csv")}
    assert {number: row["Reason"] for number, row in missing.items()} == {
        "0710": "resume.only-elsewhere",
        "0711": "resume.lost-in-store",
        "0712": "resume.lost-in-store",
    }
    assert missing["0710"]["Computer"] == "Laptop"
    assert 'the computer "Laptop"' in missing["0710"]["Why"]
    assert all(row["What_To_Do"] for row in missing.values())
    people = {row["Candidate_ID"]: row for row in table(archive)}
    assert set(people) == {"0710", "0711", "0712", "0713"}
    assert people["0710"]["Resume_URL"] == ""
    assert [name for name in archive.namelist() if name.endswith(".pdf")] == [people["0713"]["Resume_URL"]]


def test_without_cloud_copies_it_is_the_table_alone(office: Office) -> None:
    deliver(office.computer, "0714")
    archive = zip_of(office.recruiter, make(office.recruiter, verify(office.recruiter, "0714")))
    assert archive.namelist() == ["selected_candidates.csv", "missing.csv"]
    assert len(table(archive)) == 1


def test_files_of_one_name_keep_apart(cloud: Cloud, office: Office) -> None:
    rows = [
        stored(cloud, office, "0715", filename="CV.pdf"),
        stored(cloud, office, "0716", filename="cv.PDF"),
    ]
    archive = zip_of(office.recruiter, make(office.recruiter, *rows))
    names = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert names == ["resumes/2nd_Officer/CV.pdf", "resumes/2nd_Officer/cv_2.pdf"]
    assert {row["Resume_URL"] for row in table(archive)} == set(names)


def test_a_filter_exports_whom_the_dashboard_shows(cloud: Cloud, office: Office) -> None:
    for number, country in (("0720", "Norway"), ("0721", "Norway"), ("0722", "Chile")):
        deliver(office.computer, number, rank_applied_for="Bosun", facts={"country": country})
        verify(office.recruiter, number)
    for chosen in ({"rank": "Bosun"}, {"rank": "Bosun", "country": "norway"}, {"q": "Seafarer 0722"}):
        shown = office.recruiter.read("/api/dashboard/data", limit=200, **chosen)["rows"]
        made = office.recruiter.post("/api/export", {"filter": chosen}).get_json()
        found = table(zip_of(office.recruiter, made))
        assert {row["Candidate_ID"] for row in found} == {row["candidate_external_id"] for row in shown}
        assert made["people"] == len(shown) > 0
    answer = office.recruiter.post("/api/export", {"filter": {"rank": "Bosun", "archive": True}})
    assert refused(answer) == (422, "export.nobody")


def test_the_list_is_fixed_and_read_in_parts(cloud: Cloud, office: Office) -> None:
    rows = []
    for number in ("0730", "0731", "0732"):
        deliver(office.computer, number)
        rows.append(verify(office.recruiter, number))
    made = make(office.recruiter, *rows)
    change = {"event_id": new_id(), "candidate_id": rows[2]["candidate_id"], "version": rows[2]["version"]}
    path = f"/api/export/{made['export_id']}/people"
    first = office.recruiter.read(path, limit=2)
    office.recruiter.send("/api/dashboard/status", change | {"status": "Contacted"})
    second = office.recruiter.read(path, limit=2, after=first["next_after"])
    found = [person["row"]["candidate_id"] for page in (first, second) for person in page["people"]]
    assert found == ["0730", "0731", "0732"]
    assert second["next_after"] is None
    assert first["people"][0]["resume"]["device_name"] == "Laptop"
    assert first["people"][0]["resume"]["stored_sha256"] is None


def test_a_resume_of_an_export_is_read_by_the_agent(cloud: Cloud, office: Office) -> None:
    row, other = stored(cloud, office, "0733"), stored(cloud, office, "0734")
    made = make(office.recruiter, row)
    person = office.recruiter.read(f"/api/export/{made['export_id']}/people")["people"][0]
    path = f"/api/export/{made['export_id']}/resumes/{person['resume']['resume_id']}"
    answer = office.recruiter.get(path)
    assert (answer.data, answer.content_type) == (pdf("0733"), "application/pdf")
    assert person["resume"]["stored_sha256"] == hashlib.sha256(pdf("0733")).hexdigest()
    foreign = make(office.recruiter, other)
    person = office.recruiter.read(f"/api/export/{foreign['export_id']}/people")["people"][0]
    path = f"/api/export/{made['export_id']}/resumes/{person['resume']['resume_id']}"
    assert refused(office.recruiter.get(path)) == (409, "resume.not-in-cloud")


def test_defect_10_an_export_is_in_the_audit_log_before_anything_is_read(
    cloud: Cloud, office: Office
) -> None:
    row = stored(cloud, office, "0740")
    made = make(office.colleague, row)
    assert entries(cloud, made) == [(office.colleague.user_id, "candidates.export", "1", "selection")]
    whom = cloud.rows("select candidate_ids::text[] from app.exports where id = %s", made["export_id"])
    assert whom == [([row["candidate_id"]],)]
    filtered = office.colleague.post("/api/export", {"filter": {"q": "0740"}}).get_json()
    assert entries(cloud, filtered)[0][1:] == ("candidates.export", "1", "filter")


def test_defect_10_an_export_that_cannot_be_audited_does_not_happen(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0741")
    before = cloud.rows("select count(*) from app.exports")
    cloud.change("alter table app.audit_log add constraint full_up check (false) not valid")
    try:
        answer = office.recruiter.post("/api/export", {"candidate_ids": [row["candidate_id"]]})
        assert refused(answer) == (500, "server.fault")
    finally:
        cloud.change("alter table app.audit_log drop constraint full_up")
    assert cloud.rows("select count(*) from app.exports") == before


def test_who_may_not(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0742")
    body = {"candidate_ids": [row["candidate_id"]]}
    assert refused(office.stranger.post("/api/export", body)) == (404, "request.not-found")
    assert refused(office.computer.post("/api/export", body)) == (403, "auth.forbidden")
    assert refused(
        office.recruiter.post("/api/export", {"candidate_ids": [str(uuid4()), *body["candidate_ids"]]})
    ) == (
        404,
        "request.not-found",
    )
    made = make(office.recruiter, row)
    for path in ("zip", "people", f"resumes/{uuid4()}"):
        for who in (office.colleague, office.admin, office.stranger):
            assert refused(who.get(f"/api/export/{made['export_id']}/{path}")) == (404, "request.not-found")


def test_somebody_who_is_not_on_the_dashboard_is_not_exported(office: Office) -> None:
    deliver(office.computer, "0743")
    found = office.recruiter.read("/api/candidates/find", q="0743")["candidates"][0]
    answer = office.recruiter.post("/api/export", {"candidate_ids": [found["candidate_id"]]})
    assert refused(answer) == (404, "request.not-found")


def test_an_export_is_read_for_an_hour(cloud: Cloud, office: Office) -> None:
    made = make(office.recruiter, stored(cloud, office, "0744"))
    cloud.change(
        "update app.exports set created_at = created_at - interval '61 minutes' where id = %s",
        made["export_id"],
    )
    assert refused(office.recruiter.get(f"/api/export/{made['export_id']}/zip")) == (404, "request.not-found")
    answer = office.recruiter.get(f"/api/export/{made['export_id']}/people")
    assert refused(answer) == (404, "request.not-found")


@pytest.mark.parametrize(
    "body",
    [{}, {"candidate_ids": []}, {"candidate_ids": None}, {"filter": {}, "candidate_ids": [str(uuid4())]}],
)
def test_a_request_says_whom(office: Office, body: dict[str, Any]) -> None:
    assert refused(office.recruiter.post("/api/export", body)) == (422, "request.invalid")


def test_it_is_as_long_as_it_said_whatever_becomes_of_its_people_meanwhile(
    cloud: Cloud, office: Office
) -> None:
    rows = [stored(cloud, office, str(number)) for number in range(7600, 7604)]
    deliver(office.computer, "7604")
    rows.append(verify(office.recruiter, "7604"))
    made = make(office.recruiter, *rows)
    cloud.services.objects.remove(object_key(cloud, "7600"))
    change = {"event_id": new_id(), "candidate_id": rows[2]["candidate_id"], "version": rows[2]["version"]}
    office.recruiter.send("/api/dashboard/notes", change | {"note": "Called twice"})
    upload(cloud, office.computer, delivered(office, "7604", pdf("7604")), pdf("7604"))
    archive = zip_of(office.recruiter, made)
    found = {row["Candidate_ID"]: row for row in table(archive)}
    assert [number for number, row in found.items() if row["Resume_URL"]] == ["7601", "7602", "7603"]
    assert found["7602"]["Notes"] == "Called twice"
    reasons = {row["Candidate_ID"]: row["Reason"] for row in table(archive, "missing.csv")}
    assert reasons == {"7600": "resume.lost-in-store", "7604": "resume.only-elsewhere"}


def test_the_hardest_texts_go_into_the_length_that_was_said(cloud: Cloud, office: Office) -> None:
    rows = []
    for number in range(7610, 7618):
        noise = hashlib.sha512(str(number).encode()).hexdigest()
        facts = {"name": f'"";;"{noise}', "country": f"\u1e69\U0001d15e{noise}", "email": f"=;-\t+{noise}"}
        filename = f"\U0001d15e\u0958{number};;.pdf"
        rows.append(stored(cloud, office, str(number), filename=filename, facts=facts))
        change = {
            "event_id": new_id(),
            "candidate_id": rows[-1]["candidate_id"],
            "version": rows[-1]["version"],
        }
        office.recruiter.send("/api/dashboard/notes", change | {"note": '";"' + noise * 12})
    archive = zip_of(office.recruiter, make(office.recruiter, *rows))
    assert len(archive.namelist()) == 10


class Sending:
    """The answer of a ZIP while it is sent, piece by piece."""

    def __init__(self, cloud: Cloud, who: Caller, made: dict[str, Any]) -> None:
        path = f"/api/export/{made['export_id']}/zip"
        self.answer = cloud.app.test_client().get(path, headers=who.headers)
        self.got = b""

    def pieces(self) -> Iterator[bytes]:
        for piece in self.answer.iter_encoded():
            self.got += piece
            yield piece

    def is_a_zip(self) -> bool:
        return zipfile.is_zipfile(io.BytesIO(self.got))


def test_a_server_that_stops_breaks_the_zip_off(cloud: Cloud, office: Office) -> None:
    sending = Sending(
        cloud,
        office.recruiter,
        make(office.recruiter, stored(cloud, office, "0750"), stored(cloud, office, "0751")),
    )
    pieces = sending.pieces()
    next(pieces)
    cloud.services.stopping.set()
    try:
        with pytest.raises(InterruptedError):
            list(pieces)
    finally:
        cloud.services.stopping.clear()
        sending.answer.close()
    assert sending.got
    assert not sending.is_a_zip()


def test_whoever_is_switched_off_meanwhile_gets_no_shorter_export_that_looks_whole(
    cloud: Cloud, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "_FIRST", 1)
    monkeypatch.setattr(read, "_PAGE", 1)
    rows = [stored(cloud, office, str(number)) for number in range(7520, 7525)]
    sending = Sending(cloud, office.colleague, make(office.colleague, *rows))
    pieces = sending.pieces()
    next(pieces)
    switch = "update app.memberships set active = %s where user_id = %s"
    cloud.change(switch, False, office.colleague.user_id)
    try:
        with pytest.raises(NotFound):
            list(pieces)
    finally:
        cloud.change(switch, True, office.colleague.user_id)
        sending.answer.close()
    assert not sending.is_a_zip()
