"""A password is remembered in the keyring once it was right, and never in the settings."""

from pathlib import Path

import pytest

from agent_core.errors import RequestError
from agent_core.keychain import MemorySecrets
from agent_core.ports import PortalCredentials
from agent_core.runtime.account import PortalLogins
from agent_core.settings import SettingsFile
from protocol.reasons import Reason

GIVEN = PortalCredentials("office", "canary-password", "0047 22")


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "agent.json")


def test_a_login_that_worked_is_remembered_without_its_password_in_a_file(settings: SettingsFile) -> None:
    logins = PortalLogins(settings, MemorySecrets())
    assert not logins.has_password("office")
    logins.worked(GIVEN, remember=True)
    assert logins.has_password("office")
    assert logins.credentials("office", "", "1").password == "canary-password"
    assert (settings.current.portal.username, settings.current.portal.phone) == ("office", "0047 22")
    assert "canary" not in settings.path.read_text(encoding="utf-8")


def test_each_account_has_a_password_of_its_own(settings: SettingsFile) -> None:
    logins = PortalLogins(settings, MemorySecrets())
    logins.worked(GIVEN, remember=True)
    with pytest.raises(RequestError) as caught:
        logins.credentials("another", "", "1")
    assert caught.value.reason is Reason.LOGIN_PASSWORD_NEEDED


def test_who_does_not_want_to_be_remembered_is_forgotten(settings: SettingsFile) -> None:
    logins = PortalLogins(settings, MemorySecrets())
    logins.worked(GIVEN, remember=True)
    logins.worked(GIVEN, remember=False)
    assert not logins.has_password("office")


def test_a_password_that_the_portal_refuses_is_forgotten_and_another_is_kept(settings: SettingsFile) -> None:
    logins = PortalLogins(settings, MemorySecrets())
    logins.worked(GIVEN, remember=True)
    logins.refused(PortalCredentials("office", "mistyped", "1"))
    assert logins.has_password("office")
    logins.refused(GIVEN)
    assert not logins.has_password("office")


def test_credentials_do_not_show_themselves() -> None:
    assert "canary" not in repr(GIVEN)
