"""The remembered portal account: name and phone in the settings, the password in the keyring."""

from agent_core.errors import RequestError
from agent_core.ports import PortalCredentials, Secrets
from agent_core.settings import SettingsFile
from protocol.reasons import Reason


class PortalLogins:
    """Credentials for a login, and what is remembered of them once they were right; any thread."""

    def __init__(self, settings: SettingsFile, secrets: Secrets) -> None:
        """Remember in these."""
        self._settings = settings
        self._secrets = secrets

    def has_password(self, username: str) -> bool:
        """Tell whether the password of this account is remembered."""
        return bool(username) and self._secrets.get(secret_name(username)) is not None

    def credentials(self, username: str, password: str, phone: str) -> PortalCredentials:
        """Return what a login needs; an empty password stands for the one that is remembered.

        Raises:
            RequestError: there is none.
        """
        known = password or self._secrets.get(secret_name(username))
        if not known:
            raise RequestError(Reason.LOGIN_PASSWORD_NEEDED, "password")
        return PortalCredentials(username, known, phone)

    def worked(self, credentials: PortalCredentials, remember: bool) -> None:
        """Remember, or forget, an account whose login worked."""
        if not remember:
            self._secrets.drop(secret_name(credentials.username))
            return
        self._secrets.put(secret_name(credentials.username), credentials.password)
        self._settings.change({"portal": {"username": credentials.username, "phone": credentials.phone}})

    def refused(self, credentials: PortalCredentials) -> None:
        """Forget a password that the portal does not take."""
        if self._secrets.get(secret_name(credentials.username)) == credentials.password:
            self._secrets.drop(secret_name(credentials.username))


def secret_name(username: str) -> str:
    """Return under which name the keyring has an account's password."""
    return f"portal-password:{username}"
