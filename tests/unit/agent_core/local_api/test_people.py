"""Signing in through the agent: no token ever reaches the page."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent_rig import refused, running_rig
from tests.support.cloud_simulator import INVITATION, ME, PERSON, running_cloud


def test_a_person_signs_in_and_out_and_the_page_sees_no_token(tmp_path: Path) -> None:
    with running_cloud() as cloud, running_rig(tmp_path, cloud, start=False) as rig:
        assert refused(rig.call("GET", "/api/me")) == (401, Reason.AUTH_REQUIRED)
        wrong = rig.call("POST", "/api/auth/sign-in", PERSON | {"password": "wrong"})
        assert refused(wrong) == (401, Reason.AUTH_WRONG_CREDENTIALS)
        answer = rig.call("POST", "/api/auth/sign-in", PERSON)
        assert answer.get_json() == ME
        assert "canary" not in answer.get_data(as_text=True) + str(answer.headers)
        assert rig.read("/api/me") == ME
        cloud.down = True
        assert rig.call("POST", "/api/auth/sign-out").status_code == 204
        cloud.down = False
        assert refused(rig.call("GET", "/api/me")) == (401, Reason.AUTH_REQUIRED)


def test_a_person_joins_by_invitation_and_the_page_sees_no_token(tmp_path: Path) -> None:
    body = {"invitation_token": INVITATION, "full_name": "Kari Nord", "password": "three ships in fog"}
    with running_cloud() as cloud, running_rig(tmp_path, cloud, start=False) as rig:
        seen = rig.call("POST", "/api/auth/invitation", {"invitation_token": INVITATION})
        assert seen.get_json()["organisation_name"] == "Test Office"  # before anybody is signed in
        wrong = rig.call("POST", "/api/auth/join", body | {"invitation_token": "nji_other"})
        assert refused(wrong) == (422, Reason.INVITATION_NOT_VALID)
        answer = rig.call("POST", "/api/auth/join", body)
        assert answer.get_json() == ME
        assert "canary-access" not in answer.get_data(as_text=True) + str(answer.headers)
        assert rig.read("/api/me") == ME
