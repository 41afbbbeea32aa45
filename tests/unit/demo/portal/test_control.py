"""The control routes of the simulated portal."""

import pytest
from flask.testing import FlaskClient

from demo.portal.site import DASHBOARD_PATH, create_site
from demo.portal.state import Portal, SiteOptions

KEY = {"Authorization": "Bearer token-of-this-test"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer other"}])
def test_without_the_token_control_is_closed(visitor: FlaskClient, headers: dict[str, str]) -> None:
    assert visitor.get("/control/counters", headers=headers).status_code == 403
    assert visitor.post("/control/faults", json={"faults": []}, headers=headers).status_code == 403


def test_a_site_without_a_token_has_no_control() -> None:
    client = create_site(Portal(SiteOptions())).test_client()
    assert client.get("/control/counters", headers={"Authorization": "Bearer "}).status_code == 403


def test_faults_are_set_and_nonsense_changes_nothing(visitor: FlaskClient) -> None:
    wanted = {"faults": [{"kind": "slow", "page": "resume", "seconds": 1.5}]}
    assert visitor.post("/control/faults", json=wanted, headers=KEY).status_code == 200
    assert visitor.post("/control/faults", json={"faults": [{"kind": "x"}]}, headers=KEY).status_code == 422
    answer = visitor.get("/control/faults", headers=KEY).get_json()
    assert [fault["kind"] for fault in answer["faults"]] == ["slow"]


def test_counters_are_told(recruiter: FlaskClient) -> None:
    recruiter.get(DASHBOARD_PATH)
    answer = recruiter.get("/control/counters", headers=KEY).get_json()
    assert answer["pages"] == {"send_otp": 1, "submit_otp": 1, "dashboard": 1}


def test_the_site_says_what_it_is(visitor: FlaskClient) -> None:
    assert "simulated job portal" in visitor.get("/").get_data(as_text=True)
