"""Where an agent lives, and what its keyring is called."""

from pathlib import Path

import pytest

from agent_core.keychain import SERVICE
from agent_core.options import default_options, service_name


def test_each_set_up_has_a_name_of_its_own_in_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    own = default_options(None)
    assert service_name(own.config_file) == SERVICE
    assert service_name(tmp_path / "demo.json") != service_name(tmp_path / "other.json")
    monkeypatch.delenv("HOME")
    assert service_name(own.config_file).startswith(SERVICE)
