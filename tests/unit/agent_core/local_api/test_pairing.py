"""Pairing over the local API."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent_rig import refused, running_rig
from tests.support.cloud_simulator import DEVICE_ID, running_cloud


def test_a_computer_is_paired_and_unpaired(tmp_path: Path) -> None:
    with running_cloud() as cloud, running_rig(tmp_path, cloud, start=False) as rig:
        wrong = rig.call("POST", "/pairing", {"pairing_code": "OLD"})
        assert refused(wrong) == (422, Reason.DEVICE_PAIRING_CODE)
        paired = rig.send("/pairing", {"pairing_code": " GOOD-CODE "})
        assert (paired["paired"], paired["device_id"]) == (True, DEVICE_ID)
        assert paired["organisation_name"] == "Test Office"
        assert rig.read("/pairing") == paired
        assert rig.send("/pairing", method="DELETE")["paired"] is False
