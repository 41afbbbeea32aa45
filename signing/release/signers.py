"""Open a private key by its address."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.exceptions import UnsupportedLibraryError
from securesystemslib.signer import ECDSA_SHA2_NISTP256, ED25519, CryptoSigner, Key, Signer, SSlibKey

from signing.release import key_files, keyrings, tokens
from signing.release.errors import SigningKeyError
from signing.release.key_uri import CLOUDS, Keeper, KeyUri

Secrets = Callable[[str], str]
"""Asked for a passphrase or a PIN by what it is of; the answer is used at once and kept nowhere."""

_EXTRAS = {
    Keeper.AWS: "awskms",
    Keeper.GOOGLE: "gcpkms",
    Keeper.AZURE: "azurekms",
    Keeper.VAULT: "vault",
}


def open_signer(uri: KeyUri, secrets: Secrets, *, public: Key | None = None, online: bool = False) -> Signer:
    """Open a key for signing.

    Args:
        uri: where it is.
        secrets: asked for its passphrase or PIN.
        public: its public half; only those that a cloud keeps want it.
        online: whether it is the online key (timestamp and snapshot), the only one that may be in the
            environment, where other programs of the same machine could read it.

    Raises:
        SigningKeyError: it cannot be opened, or may not be where it is.
    """
    if uri.keeper == Keeper.ENV and not online:
        raise SigningKeyError(f"{uri}: only the online key may come from the environment")
    if uri.keeper in CLOUDS:
        signer = _cloud(uri, secrets, public)
    elif uri.keeper == Keeper.HSM:
        signer = tokens.open_signer(uri, lambda what: secrets(f"{what} of {uri}"))
    else:
        signer = _local(_private(uri, secrets))
    if public is not None and signer.public_key.keyid != public.keyid:
        raise SigningKeyError(f"{uri} is not the private half of that public key")
    return signer


def generate(uri: KeyUri, secrets: Secrets, *, ecdsa: bool = False) -> Key:
    """Make a key where its address says, and return its public half.

    Args:
        uri: where it is to be.
        secrets: asked for its passphrase or PIN.
        ecdsa: P-256 in place of Ed25519; what tokens make in any case.

    Raises:
        SigningKeyError: there is something already, or its keeper makes keys in ways of its own.
    """
    if uri.keeper == Keeper.HSM:
        tokens.generate(uri, lambda what: secrets(f"{what} of {uri}"))
        return open_signer(uri, secrets).public_key
    if uri.keeper not in {Keeper.FILE, Keeper.KEYRING}:
        raise SigningKeyError(f"{uri}: make this key where it is kept, then: keygen --existing")
    private = generate_private_key(SECP256R1()) if ecdsa else Ed25519PrivateKey.generate()
    if uri.keeper == Keeper.KEYRING:
        keyrings.store(keyrings.of_the_system(), uri.place, key_files.plain(private))
    else:
        key_files.write(Path(uri.place), private, secrets(f"new passphrase of {uri.place}"))
    return _local(private).public_key


def _private(uri: KeyUri, secrets: Secrets) -> key_files.PrivateKey:
    if uri.keeper == Keeper.FILE:
        return key_files.read(Path(uri.place), lambda: secrets(f"passphrase of {uri.place}"))
    if uri.keeper == Keeper.KEYRING:
        text = keyrings.load(keyrings.of_the_system(), uri.place)
    else:
        text = os.environ.get(uri.place, "")
        if not text:
            raise SigningKeyError(f"the environment has no {uri.place}")
    return key_files.parse_either(text.encode(), lambda: secrets(f"passphrase of {uri}"), str(uri))


def _local(private: key_files.PrivateKey) -> CryptoSigner:
    scheme = ED25519 if isinstance(private, Ed25519PrivateKey) else ECDSA_SHA2_NISTP256
    return CryptoSigner(private, SSlibKey.from_crypto(private.public_key(), scheme=scheme))


def _cloud(uri: KeyUri, secrets: Secrets, public: Key | None) -> Signer:
    if public is None:
        raise SigningKeyError(f"{uri}: give its public half too, with --public FILE")
    try:
        return Signer.from_priv_key_uri(str(uri), public, secrets)
    except UnsupportedLibraryError:
        raise SigningKeyError(
            f"{uri.keeper}: keys want a package that is not installed; "
            f"type: pip install 'securesystemslib[{_EXTRAS[uri.keeper]}]'"
        ) from None
    except (ValueError, OSError) as error:
        raise SigningKeyError(f"{uri} did not open: {error}") from None
