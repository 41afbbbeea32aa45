"""Passwords and tokens: in the operating system's keyring, else in memory for this run. Never on the disk.

Only the systems' own keyrings are allowed by name; what else may be installed (some backends write plain
text) is never asked.
"""

import secrets
import sys
import threading
from collections.abc import Mapping
from importlib import import_module

import structlog
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from agent_core.ports import Secrets

SERVICE = "NjordHR"
_PROBE = "probe"
_BACKENDS = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
    "linux": ("keyring.backends.SecretService", "Keyring"),
}
_PLACES = {"win32": "Windows Credential Manager", "darwin": "macOS Keychain", "linux": "Secret Service"}


def open_secrets(service: str, platform: str = sys.platform) -> Secrets:
    """Return the keyring of this computer if it can keep a secret now, else memory.

    Args:
        service: under which name the secrets are kept; two set-ups of one computer use two names.
        platform: as `sys.platform` has it.
    """
    backend = _system_backend(platform)
    if backend is not None and _keeps(backend, service):
        return KeyringSecrets(backend, service, _PLACES.get(platform, _PLACES["linux"]))
    structlog.get_logger().warning("keyring_missing", platform=platform)
    return MemorySecrets()


def _system_backend(platform: str) -> KeyringBackend | None:
    module, name = _BACKENDS.get(platform, _BACKENDS["linux"])
    backend: type[KeyringBackend] = getattr(import_module(module), name)
    return backend() if backend.viable else None


def _keeps(backend: KeyringBackend, service: str) -> bool:
    value = secrets.token_hex(8)
    try:
        backend.set_password(service, _PROBE, value)
        kept = backend.get_password(service, _PROBE) == value
        backend.delete_password(service, _PROBE)
    except Exception as error:  # noqa: BLE001 - each system's keyring fails with errors of its own libraries
        structlog.get_logger().warning("keyring_refused", error=type(error).__name__)
        return False
    return kept


class MemorySecrets:
    """Secrets of this run only. Implements `ports.Secrets`."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        """Begin with these."""
        self._values = dict(values or {})
        self._lock = threading.Lock()

    @property
    def are_kept(self) -> bool:
        """They are not."""
        return False

    @property
    def place(self) -> str:
        """The memory of this program."""
        return "memory, for this run only"

    def get(self, name: str) -> str | None:
        """Return the secret."""
        with self._lock:
            return self._values.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep the secret until the end of this run."""
        with self._lock:
            self._values[name] = value

    def drop(self, name: str) -> None:
        """Forget the secret."""
        with self._lock:
            self._values.pop(name, None)


class KeyringSecrets:
    """Secrets in the system's keyring. Implements `ports.Secrets`.

    A keyring that is locked or gone in the middle of a run costs no login: what it will not take is kept in
    memory, and ``are_kept`` says so from then on.
    """

    def __init__(self, backend: KeyringBackend, service: str, place: str = "keyring") -> None:
        """Use this backend under this name; ``place`` is what people call it."""
        self._backend = backend
        self._place = place
        self._service = service
        self._memory = MemorySecrets()
        self._lock = threading.Lock()
        self._refused = False

    @property
    def are_kept(self) -> bool:
        """Whether the keyring took everything so far."""
        return not self._refused

    @property
    def place(self) -> str:
        """The system's own keyring."""
        return self._place

    def get(self, name: str) -> str | None:
        """Return the secret."""
        held = self._memory.get(name)
        if held is not None:
            return held
        with self._lock:
            try:
                return self._backend.get_password(self._service, name)
            except KeyringError as error:
                self._note(error)
                return None

    def put(self, name: str, value: str) -> None:
        """Keep the secret."""
        with self._lock:
            try:
                self._backend.set_password(self._service, name, value)
            except KeyringError as error:
                self._note(error)
                self._memory.put(name, value)
            else:
                self._memory.drop(name)

    def drop(self, name: str) -> None:
        """Forget the secret."""
        self._memory.drop(name)
        with self._lock:
            try:
                if self._backend.get_password(self._service, name) is not None:
                    self._backend.delete_password(self._service, name)
            except PasswordDeleteError:
                return  # somebody else was faster: it is gone, as asked
            except KeyringError as error:
                self._note(error)

    def _note(self, error: KeyringError) -> None:
        self._refused = True
        structlog.get_logger().warning("keyring_refused", error=type(error).__name__)
