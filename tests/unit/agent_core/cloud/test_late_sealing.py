"""The key that is made late is the same as the one that is made at once."""

from uuid import uuid4

import pytest

from agent_core.cloud.late_sealing import LateSealing
from agent_core.cloud.sealing import SealingKey
from agent_core.errors import RequestError
from agent_core.keychain import MemorySecrets


def test_it_is_the_computers_key() -> None:
    secrets = MemorySecrets()
    late = LateSealing(secrets)
    assert late.public() == late.public() == SealingKey(secrets).public()
    with pytest.raises(RequestError):
        late.open("x" * 60, uuid4(), uuid4())
