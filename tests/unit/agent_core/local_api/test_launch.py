"""A code becomes a token, once; a token is renewed while it is good."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent_rig import refused, running_rig


def test_a_page_gets_in_once_and_stays(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        code, _ = rig.services.codes.issue()
        first = rig.send("/launch/exchange", {"code": code})["session_token"]
        assert refused(rig.call("POST", "/launch/exchange", {"code": code})) == (
            401,
            Reason.AGENT_LAUNCH_CODE,
        )
        second = rig.send("/launch/renew")["session_token"]
        assert len({first, second, rig.token}) == 3
        for token in (first, second):
            assert rig.call("GET", "/health", Authorization=f"Bearer {token}").status_code == 200
