"""Secrets without a keyring stay in memory, and a keyring that fails costs no login."""

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from agent_core.keychain import KeyringSecrets, MemorySecrets, open_secrets


class LockableKeyring(KeyringBackend):
    """A keyring that works until it is locked."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.values.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.values[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        del self.values[service, username]

    def _check(self) -> None:
        if self.locked:
            raise KeyringLocked


def test_memory_keeps_for_this_run_and_says_so() -> None:
    secrets = MemorySecrets()
    secrets.put("a", "1")
    assert (secrets.get("a"), secrets.are_kept) == ("1", False)
    secrets.drop("a")
    secrets.drop("a")
    assert secrets.get("a") is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_the_keyring_of_another_system_is_not_used_here(platform: str) -> None:
    assert isinstance(open_secrets("NjordHR test", platform), MemorySecrets)


def test_two_services_share_nothing() -> None:
    backend = LockableKeyring()
    one, other = KeyringSecrets(backend, "one"), KeyringSecrets(backend, "other")
    one.put("a", "1")
    assert (one.get("a"), other.get("a")) == ("1", None)
    assert one.are_kept


def test_a_keyring_that_is_locked_meanwhile_loses_nothing() -> None:
    backend = LockableKeyring()
    secrets = KeyringSecrets(backend, "test")
    secrets.put("a", "1")
    backend.locked = True
    secrets.put("b", "2")
    assert (secrets.get("a"), secrets.get("b")) == (None, "2")
    assert not secrets.are_kept
    secrets.drop("b")
    assert secrets.get("b") is None
    backend.locked = False
    assert secrets.get("a") == "1"
    secrets.drop("a")
    secrets.drop("a")
    assert secrets.get("a") is None
