"""The pages of the simulated portal, and what faults make of them."""

import html
import re

import pytest
from flask.testing import FlaskClient

from demo.portal.faults import Element, Fault, FaultKind, Page
from demo.portal.people import ListName, changed
from demo.portal.site import DASHBOARD_PATH, LOGIN_PATH
from demo.portal.state import DEMO_ACCOUNT, Portal
from protocol.vocabulary import portal_ranks, portal_ship_types

LIST = "/company/view_cand_list.php?list=applied"
RANK = portal_ranks().index("2nd Officer") + 1
SHIP = portal_ship_types().index("Bulk Carrier") + 1


def _text(client: FlaskClient, address: str) -> str:
    return html.unescape(client.get(address).get_data(as_text=True))


def _someone(portal: Portal) -> str:
    return portal.everybody()[0].candidate_id


@pytest.mark.parametrize(
    "address",
    [DASHBOARD_PATH, LIST, "/company/view_cand_details.php?cand_id=1", "/company/download.php?cand_id=1"],
)
def test_without_a_session_the_next_page_is_the_login_page(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer.location) == (302, LOGIN_PATH)


def test_another_host_name_is_refused(visitor: FlaskClient) -> None:
    assert visitor.get("/phone", headers={"Host": "portal.example.com"}).status_code == 400


def test_the_dashboard_counts_its_lists(recruiter: FlaskClient, portal: Portal) -> None:
    text = _text(recruiter, DASHBOARD_PATH)
    for name in ListName:
        assert f'list={name.value}">{len(portal.members(name))}</a>' in text


def test_the_filters_offer_the_portals_labels_with_their_mistakes(recruiter: FlaskClient) -> None:
    text = _text(recruiter, LIST)
    for label in (*portal_ranks(), *portal_ship_types()):
        assert re.search(rf"<option[^>]*>{re.escape(label)}</option>", text)


def test_a_filter_shows_the_right_people_only(recruiter: FlaskClient, portal: Portal) -> None:
    text = _text(recruiter, f"{LIST}&rank={RANK}&ship={SHIP}")
    shown = re.findall(r"cand_id=(\d+)", text)
    assert shown
    for candidate in shown:
        person = portal.person(candidate)
        assert person
        assert (person.rank_applied_for, person.ship_type) == ("2nd Officer", "Bulk Carrier")


def test_a_filter_that_finds_nobody_says_so(recruiter: FlaskClient) -> None:
    nobody = f"rank={portal_ranks().index('Infotech') + 1}&ship={portal_ship_types().index('MLP') + 1}"
    without = _text(recruiter, f"{LIST}&{nobody}")
    assert "No candidate found" in without
    assert 'tfhover"' not in without
    with_table = _text(recruiter, f"/company/view_cand_list.php?list=matching&{nobody}")
    assert "No records found" in with_table
    assert 'id="tfhover"' in with_table


@pytest.mark.parametrize("address", [f"{LIST}x", "/company/download.php?cand_id=9", "/company/download.php"])
def test_what_is_not_there_is_not_found(recruiter: FlaskClient, address: str) -> None:
    assert recruiter.get(address).status_code == 404


def test_a_resume_names_everything_of_the_contract(recruiter: FlaskClient, portal: Portal) -> None:
    for person in portal.everybody()[:12]:
        text = _text(recruiter, f"/company/download.php?cand_id={person.candidate_id}")
        for label in (
            "Name",
            "Present Rank",
            "Rank Applied For",
            "Date of Birth",
            "Nationality",
            "Email Address",
        ):
            assert re.search(rf"<t[hd][^>]*>(<b>)?{label}(</b>)?</t[hd]>", text)
        for value in (person.name, person.mobile_no, person.residence, person.availability):
            assert f">{value}</td>" in text
        assert f"download by {DEMO_ACCOUNT.company}" in text
        assert "Download on " in text
        assert "http://localhost/" in text


def test_who_was_downloaded_stands_in_todays_list(recruiter: FlaskClient, portal: Portal) -> None:
    someone = next(person for person in portal.everybody() if ListName.TODAY not in person.lists)
    recruiter.get(f"/company/download.php?cand_id={someone.candidate_id}")
    assert someone in portal.members(ListName.TODAY)


def test_the_session_ends_after_so_many_resumes(recruiter: FlaskClient, portal: Portal) -> None:
    portal.faults.replace([Fault(kind=FaultKind.END_SESSION, page=Page.RESUME, after=2, times=1)])
    address = f"/company/download.php?cand_id={_someone(portal)}"
    assert [recruiter.get(address).status_code for _ in range(4)] == [200, 200, 302, 302]
    assert recruiter.get(DASHBOARD_PATH).status_code == 302


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (FaultKind.SERVER_ERROR, 500, "Internal Server Error"),
        (FaultKind.TOO_MANY_REQUESTS, 429, "Too many requests"),
        (FaultKind.CAPTCHA, 200, "captcha"),
        (FaultKind.LIMIT, 200, "download limit"),
        (FaultKind.LOGIN_PAGE, 200, 'id="username"'),
        (FaultKind.BROKEN, 200, "Warning"),
        (FaultKind.EMPTY, 200, ""),
    ],
)
def test_a_fault_takes_the_place_of_the_resume(
    recruiter: FlaskClient, portal: Portal, kind: FaultKind, status: int, words: str
) -> None:
    someone = _someone(portal)
    portal.faults.replace([Fault(kind=kind, page=Page.RESUME, candidate=someone, seconds=7)])
    answer = recruiter.get(f"/company/download.php?cand_id={someone}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert words in text
    assert "Present Rank" not in text
    assert answer.headers.get("Retry-After") == ("7" if kind is FaultKind.TOO_MANY_REQUESTS else None)


def test_half_a_page_has_no_name(recruiter: FlaskClient, portal: Portal) -> None:
    portal.faults.replace([Fault(kind=FaultKind.HALF, page=Page.RESUME)])
    text = _text(recruiter, f"/company/download.php?cand_id={_someone(portal)}")
    assert text.startswith("<!DOCTYPE html>")
    assert "Name" not in text


def test_a_changed_resume_stays_changed(recruiter: FlaskClient, portal: Portal) -> None:
    someone = portal.everybody()[0]
    portal.faults.replace([Fault(kind=FaultKind.CHANGED_RESUME, candidate=someone.candidate_id)])
    text = _text(recruiter, f"/company/download.php?cand_id={someone.candidate_id}")
    assert changed(someone).availability in text


@pytest.mark.parametrize(
    ("element", "address", "markup"),
    [
        (Element.COMPANY, LOGIN_PATH, 'title="Company"'),
        (Element.USERNAME, LOGIN_PATH, 'id="username"'),
        (Element.PASSWORD, LOGIN_PATH, 'name="password"'),
        (Element.PHONE, LOGIN_PATH, "Enter Your Phone Number"),
        (Element.SEND_OTP, LOGIN_PATH, 'name="sendotp"'),
        (Element.LISTS, DASHBOARD_PATH, 'class="main_right_heading"'),
        (Element.TABLE, LIST, 'id="tfhover"'),
        (Element.RANK, LIST, 'id="rank"'),
        (Element.SHIP, LIST, 'id="ship"'),
        (Element.SUBMIT, LIST, 'id="submit"'),
        (Element.DETAILS_LINK, LIST, "view_cand_details.php"),
        (Element.DOWNLOAD_LINK, "/company/view_cand_details.php?cand_id={}", "openResume("),
        (Element.NAME, "/company/download.php?cand_id={}", "Name"),
    ],
)
def test_an_element_can_be_missing(
    recruiter: FlaskClient, portal: Portal, element: Element, address: str, markup: str
) -> None:
    address = address.format(_someone(portal))
    before = _text(recruiter, address).count(markup)
    portal.faults.replace([Fault(kind=FaultKind.MISSING_ELEMENT, element=element)])
    assert _text(recruiter, address).count(markup) < before


def test_the_code_field_can_be_missing(visitor: FlaskClient, portal: Portal) -> None:
    portal.faults.replace([Fault(kind=FaultKind.MISSING_ELEMENT, element=Element.OTP)])
    typed = {"username": "anna", "password": "x", "phone": DEMO_ACCOUNT.phone}
    assert "Enter Your OTP" not in visitor.post("/send_otp.php", data=typed).get_data(as_text=True)
