"""Which Node builds the web UI."""

import pytest

from setup_steps.web_ui import is_new_enough


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v22.0.0", True),
        ("v24.19.0", True),
        ("v100.1.0", True),
        ("v20.20.2", False),
        ("", False),
        ("v22", False),
    ],
)
def test_the_machines_node_is_used_from_22_on(version: str, enough: bool) -> None:
    assert is_new_enough(version) is enough
