"""The window is brought up for a knock, and for nothing else."""

from pathlib import Path

from protocol.reasons import Reason
from tests.support.agent_rig import refused, running_rig

NAME = "k" * 43


def test_only_a_knock_brings_the_window_up(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        knock = {"knock": NAME}
        for authorization in ("", f"Bearer {rig.token}"):  # a session is no knock
            answer = rig.call("POST", "/window/show", knock, Authorization=authorization)
            assert refused(answer) == (401, Reason.AGENT_SESSION_REQUIRED)
        file = tmp_path / f"knock-{NAME}"
        file.touch()
        foreign = rig.call("POST", "/window/show", knock, Origin="http://evil.example.com")
        assert refused(foreign) == (403, Reason.AGENT_FOREIGN_PAGE)
        assert file.exists()
        answer = rig.call("POST", "/window/show", knock, Authorization="")
        assert refused(answer) == (409, Reason.WINDOW_NOT_THERE)
        assert not file.exists()
