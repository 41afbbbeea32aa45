"""Exports over the local API: the window's dialog, the browser's ticket, and what is refused."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from agent_core.exports.sources import ResumeSources
from agent_core.files import file_manager
from agent_core.files.exports import LocalExportFiles
from agent_core.local_api.app import create_app
from agent_core.runtime.exports import Exports
from protocol.reasons import Reason
from tests.support.agent_rig import HOST, Rig, eventually, refused, running_rig
from tests.support.exports import OfficeSimulator, WindowSimulator

EVERYBODY: dict[str, Any] = {"filter": {}}


@pytest.fixture
def office() -> OfficeSimulator:
    made = OfficeSimulator()
    made.add("0001", stored=b"%PDF one")
    made.add("0002")
    return made


@pytest.fixture
def rig(tmp_path: Path, office: OfficeSimulator) -> Iterator[Rig]:
    with running_rig(tmp_path, start=False) as joined:
        services = joined.services
        sources = ResumeSources(services.store.resume_with_content, services.files, office)
        exports = Exports(
            office, sources, LocalExportFiles(), folder=tmp_path / "exports", clock=services.clock
        )
        joined.app = create_app(replace(services, exports=exports))
        yield joined
        assert exports.stop(30)


def finished(rig: Rig, view: dict[str, Any]) -> dict[str, Any]:
    path = f"/exports/{view['export_id']}"
    eventually(lambda: rig.read(path)["state"] != "running")
    found: dict[str, Any] = rig.read(path)
    return found


def browser(rig: Rig, url: str, **headers: str) -> Any:
    """Ask as a browser that follows a link: without the session token."""
    everything = {"Host": HOST, "Sec-Fetch-Site": "same-origin"}
    everything |= {name.replace("_", "-"): value for name, value in headers.items()}
    return rig.app.test_client().get(url, headers=everything)


def test_in_the_window_it_is_saved_where_the_person_says(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show", shown.append)
    window = WindowSimulator(str(tmp_path / "crew"))
    rig.services.window.offer(window)
    made = rig.send("/exports", {**EVERYBODY, "save": "dialog"})
    done = finished(rig, made)
    [(_, proposed)] = window.asked
    assert proposed.startswith("NjordHR_export_")
    assert done["sentence"] == "2 people, 1 resume, 1 missing"
    assert (done["people"], done["done"], done["resumes"], done["missing"]) == (2, 2, 1, 1)
    assert done["saved_as"] == str(tmp_path / "crew.zip")
    [group] = done["missing_groups"]
    assert (group["reason"], group["people"]) == ("resume.only-elsewhere", 1)
    assert group["device_name"] in group["why"]
    assert group["what_to_do"]
    assert rig.call("POST", f"/exports/{made['export_id']}/show").status_code == 204
    assert shown == [tmp_path / "crew.zip"]


def test_a_dialog_that_is_closed_exports_nobody(rig: Rig, office: OfficeSimulator) -> None:
    rig.services.window.offer(WindowSimulator(None))
    answer = rig.call("POST", "/exports", {**EVERYBODY, "save": "dialog"})
    assert refused(answer) == (409, Reason.EXPORT_CANCELLED)
    assert office.asked == []


def test_without_a_window_there_is_no_dialog(rig: Rig) -> None:
    answer = rig.call("POST", "/exports", {**EVERYBODY, "save": "dialog"})
    assert refused(answer) == (409, Reason.WINDOW_NOT_THERE)


def test_a_browser_fetches_it_with_a_ticket_once(rig: Rig) -> None:
    view = finished(rig, rig.send("/exports", EVERYBODY))
    ticket = rig.send(f"/exports/{view['export_id']}/ticket")
    answer = browser(rig, ticket["url"])
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={ticket['file_name']}"
    assert int(answer.headers["Content-Length"]) == len(answer.data) == view["length"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
    assert refused(browser(rig, ticket["url"])) == (403, Reason.EXPORT_TICKET)


def test_a_ticket_opens_nothing_for_anybody_else(rig: Rig) -> None:
    view = finished(rig, rig.send("/exports", EVERYBODY))
    path = f"/exports/{view['export_id']}/file"
    for url in (path, f"{path}?ticket=", f"{path}?ticket={rig.token}", f"{path}?ticket=x"):
        assert refused(browser(rig, url)) == (403, Reason.EXPORT_TICKET)
    assert rig.call("GET", path).status_code == 403  # a session is no ticket
    url = rig.send(f"/exports/{view['export_id']}/ticket")["url"]
    other = url.replace(view["export_id"], str(uuid4()))
    assert refused(browser(rig, other)) == (403, Reason.EXPORT_TICKET)
    assert refused(browser(rig, url)) == (403, Reason.EXPORT_TICKET)  # used up by the try
    for foreign in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://evil.example.com"},
        {"Host": "evil:80"},
    ):
        url = rig.send(f"/exports/{view['export_id']}/ticket")["url"]
        assert refused(browser(rig, url, **foreign)) == (403, Reason.AGENT_FOREIGN_PAGE)
    assert browser(rig, url).status_code == 200  # a foreign page does not use it up either


def test_a_ticket_ends_with_the_session_that_asked_for_it(rig: Rig) -> None:
    view = finished(rig, rig.send("/exports", EVERYBODY))
    url = rig.send(f"/exports/{view['export_id']}/ticket")["url"]
    assert rig.services.tokens.use_up(rig.token)
    assert refused(browser(rig, url)) == (403, Reason.EXPORT_TICKET)


@pytest.mark.parametrize("body", [{}, {"filter": {}, "candidate_ids": [str(uuid4())]}, {"filter": {"x": 1}}])
def test_a_request_says_whom(rig: Rig, body: dict[str, Any]) -> None:
    assert refused(rig.call("POST", "/exports", body)) == (422, Reason.REQUEST_INVALID)


def test_what_the_office_refuses_is_said_at_once(rig: Rig, office: OfficeSimulator) -> None:
    office.refuses = Reason.EXPORT_NOBODY
    assert refused(rig.call("POST", "/exports", EVERYBODY)) == (422, Reason.EXPORT_NOBODY)


def test_a_finished_export_stays_as_it_ended(rig: Rig) -> None:
    view = finished(rig, rig.send("/exports", EVERYBODY))
    assert rig.send(f"/exports/{view['export_id']}/cancel")["state"] == "done"
    assert refused(rig.call("POST", f"/exports/{view['export_id']}/show")) == (404, Reason.REQUEST_NOT_FOUND)
    assert refused(rig.call("GET", f"/exports/{uuid4()}")) == (404, Reason.REQUEST_NOT_FOUND)
