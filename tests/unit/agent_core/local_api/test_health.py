"""How the cloud is, in words."""

from pathlib import Path

import pytest

from agent_core.local_api.health import cloud_reason, cloud_word
from protocol.reasons import Reason
from tests.support.agent import running_job
from tests.support.agent_rig import running_rig


@pytest.mark.parametrize(
    ("enabled", "reachable", "sending", "word", "reason"),
    [
        (False, True, None, "off", Reason.CLOUD_SYNC_OFF),
        (True, None, None, "unknown", None),
        (True, False, None, "unreachable", Reason.CLOUD_UNREACHABLE),
        (True, True, None, "reachable", None),
        (True, False, Reason.CLOUD_CERTIFICATE, "unreachable", Reason.CLOUD_CERTIFICATE),
        (True, True, Reason.CLOUD_CERTIFICATE, "reachable", None),
        (True, True, Reason.CLOUD_UNREACHABLE, "reachable", None),
        (True, True, Reason.DEVICE_REVOKED, "reachable", Reason.DEVICE_REVOKED),
    ],
)
def test_the_cloud_in_words(
    enabled: bool, reachable: bool | None, sending: Reason | None, *, word: str, reason: Reason | None
) -> None:
    assert cloud_word(enabled, reachable) == word
    assert cloud_reason(enabled, reachable, sending) is reason


def test_what_waits_is_counted_and_secrets_are_said_to_be_lost(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        running_job(rig.store)
        health = rig.read("/health")
    assert health["outbox"] == {"waiting": 2, "parked": 0, "uploads_waiting": 0}
    assert health["secrets_are_kept"] is False
    assert health["pairing"]["paired"] is False
