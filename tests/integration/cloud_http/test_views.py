"""Views that a person keeps, over HTTP on a real database."""

from typing import Any

from cloud_api.views.keep import MOST
from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Member, new_id, refused

EVERYTHING = {"rank": "", "status": "", "archive": False, "q": "", "country": "", "call_backs": False}


def names(person: Member) -> list[str]:
    return [view["name"] for view in person.read("/api/views")["views"]]


def keep(person: Member, name: str, **filters: Any) -> Any:
    return person.post("/api/views", {"name": name, "filters": filters})


def drop(person: Member, view_id: str) -> Any:
    return person.client.delete(f"/api/views/{view_id}", headers=person.headers)


def test_a_view_is_kept_replaced_by_name_and_forgotten(office: Office) -> None:
    person = office.recruiter
    first = keep(person, " Masters in Manila ", rank="Master", country="Philippines").get_json()
    assert first["name"] == "Masters in Manila"
    assert first["filters"] == EVERYTHING | {"rank": "Master", "country": "Philippines"}
    again = keep(person, "Masters in Manila", rank="Master").get_json()
    assert (again["view_id"], again["filters"]["country"]) == (first["view_id"], "")
    assert names(person) == ["Masters in Manila"]
    assert drop(person, first["view_id"]).status_code == 204
    assert refused(drop(person, first["view_id"]))[0] == 404
    assert names(person) == []


def test_a_view_is_its_makers_alone(office: Office) -> None:
    view = keep(office.recruiter, "Mine", status="New").get_json()
    for other in (office.colleague, office.admin, office.stranger):
        assert names(other) == []
        assert refused(drop(other, view["view_id"]))[0] == 404
    assert refused(office.computer.get("/api/views"))[0] == 403
    assert names(office.recruiter) == ["Mine"]
    drop(office.recruiter, view["view_id"])


def test_a_name_or_a_filter_that_makes_no_sense_is_refused(office: Office) -> None:
    for body in (
        {"name": "  ", "filters": {}},
        {"name": "x" * 61, "filters": {}},
        {"name": "x", "filters": {"sort": "name"}},
        {"name": "x", "filters": {"status": "Hired"}},
    ):
        assert refused(office.recruiter.post("/api/views", body)) == (422, "request.invalid")
    assert refused(drop(office.recruiter, new_id()))[0] == 404


def test_there_is_an_end_to_views_and_a_kept_one_can_still_be_replaced(office: Office) -> None:
    for place in range(MOST):
        assert keep(office.manager, f"View {place}").status_code == 200
    assert refused(keep(office.manager, "One more")) == (422, "views.too-many")
    assert keep(office.manager, "View 3", rank="Master").status_code == 200
