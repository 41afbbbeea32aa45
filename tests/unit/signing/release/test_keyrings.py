import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from signing.release import keyrings
from signing.release.errors import SigningKeyError


class Open(KeyringBackend):
    """A keyring that answers."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # of a library
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Locked(Open):
    """One that does not."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")


def test_a_key_is_kept_once_and_found_again() -> None:
    backend = Open()
    keyrings.store(backend, "anna", "secret")
    assert keyrings.load(backend, "anna") == "secret"
    with pytest.raises(SigningKeyError, match="never written over"):
        keyrings.store(backend, "anna", "other")
    with pytest.raises(SigningKeyError, match="has no key ben"):
        keyrings.load(backend, "ben")


def test_a_locked_keyring_says_so() -> None:
    with pytest.raises(SigningKeyError, match="is it unlocked"):
        keyrings.load(Locked(), "anna")


def test_only_the_systems_own_keyring_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr("keyring.backends.SecretService.Keyring.viable", False)
    with pytest.raises(SigningKeyError, match="no keyring of the system's own"):
        keyrings.of_the_system("linux")
