"""The operating system's keyring as a keeper of release keys.

Only the systems' own are asked, by name: other backends may write plain text.
"""

import sys
from importlib import import_module

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from signing.release.errors import SigningKeyError

SERVICE = "njordhr-release-key"
_BACKENDS = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
    "linux": ("keyring.backends.SecretService", "Keyring"),
}


def of_the_system(platform: str = sys.platform) -> KeyringBackend:
    """Return this user's keyring.

    Raises:
        SigningKeyError: there is none now.
    """
    module, name = _BACKENDS.get(platform, _BACKENDS["linux"])
    backend: type[KeyringBackend] = getattr(import_module(module), name)
    if not backend.viable:
        raise SigningKeyError("this user has no keyring of the system's own now; take a key file (file:)")
    return backend()


def store(backend: KeyringBackend, name: str, secret: str) -> None:
    """Keep a key under a name that is not taken.

    Raises:
        SigningKeyError: the name is taken, or the keyring is locked.
    """
    if _get(backend, name) is not None:
        raise SigningKeyError(f"the keyring has a key {name} already; a key is never written over")
    try:
        backend.set_password(SERVICE, name, secret)
    except KeyringError:
        raise SigningKeyError("the keyring did not take the key; is it unlocked?") from None


def load(backend: KeyringBackend, name: str) -> str:
    """Return the key of a name.

    Raises:
        SigningKeyError: it is not there, or the keyring is locked.
    """
    secret = _get(backend, name)
    if secret is None:
        raise SigningKeyError(f"the keyring of this user has no key {name}")
    return secret


def _get(backend: KeyringBackend, name: str) -> str | None:
    try:
        return backend.get_password(SERVICE, name)
    except KeyringError:
        raise SigningKeyError("the keyring did not open; is it unlocked?") from None
