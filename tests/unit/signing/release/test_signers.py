from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from keyring.backend import KeyringBackend
from securesystemslib.signer import CryptoSigner

from signing.release import key_files, keyrings
from signing.release.errors import SigningKeyError
from signing.release.key_uri import KeyUri
from signing.release.signers import generate, open_signer

PASSPHRASE = "a long enough passphrase"


def nobody(what: str) -> str:
    raise AssertionError(f"asked for the {what}")


@pytest.mark.parametrize("ecdsa", [False, True])
def test_a_key_file_is_made_and_signs(tmp_path: Path, ecdsa: bool) -> None:
    uri = KeyUri.parse(f"file:{tmp_path / 'anna.pem'}")
    asked: list[str] = []

    def secrets(what: str) -> str:
        asked.append(what)
        return PASSPHRASE

    public = generate(uri, secrets, ecdsa=ecdsa)
    signer = open_signer(uri, secrets, public=public)
    public.verify_signature(signer.sign(b"bytes"), b"bytes")
    assert asked == [f"new passphrase of {tmp_path / 'anna.pem'}", f"passphrase of {tmp_path / 'anna.pem'}"]
    with pytest.raises(SigningKeyError, match="not the private half"):
        open_signer(uri, secrets, public=CryptoSigner.generate_ed25519().public_key)


def test_the_environment_is_for_the_online_key_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Ed25519PrivateKey.generate()
    monkeypatch.setenv("NJORDHR_ONLINE_KEY", key_files.plain(key))
    uri = KeyUri.parse("env:NJORDHR_ONLINE_KEY")
    with pytest.raises(SigningKeyError, match="only the online key"):
        open_signer(uri, nobody)
    signer = open_signer(uri, nobody, online=True)
    key.public_key().verify(bytes.fromhex(signer.sign(b"bytes").signature), b"bytes")
    encrypted = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE.encode())
    )
    monkeypatch.setenv("NJORDHR_ONLINE_KEY", encrypted.decode())
    signer = open_signer(uri, lambda _: PASSPHRASE, online=True)
    key.public_key().verify(bytes.fromhex(signer.sign(b"bytes").signature), b"bytes")
    monkeypatch.delenv("NJORDHR_ONLINE_KEY")
    with pytest.raises(SigningKeyError, match="has no NJORDHR_ONLINE_KEY"):
        open_signer(uri, nobody, online=True)


def test_the_keyring_keeps_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    class Memory(KeyringBackend):
        priority = 1
        kept: dict[str, str] = {}  # noqa: RUF012 - of this test

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get(username)

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[username] = password

    monkeypatch.setattr(keyrings, "of_the_system", Memory)
    uri = KeyUri.parse("keyring:anna")
    public = generate(uri, nobody)
    public.verify_signature(open_signer(uri, nobody).sign(b"bytes"), b"bytes")
    with pytest.raises(SigningKeyError, match="never written over"):
        generate(uri, nobody)


@pytest.mark.parametrize(
    ("uri", "extra"),
    [
        ("awskms:arn:aws:kms:eu-north-1:0:key/1", "awskms"),
        ("gcpkms:projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1", "gcpkms"),
        ("azurekms://vault/keys/key/1", "azurekms"),
        ("hv:njordhr/1", "vault"),
    ],
)
def test_a_cloud_that_is_not_installed_says_what_to_type(uri: str, extra: str) -> None:
    address, public = KeyUri.parse(uri), CryptoSigner.generate_ecdsa().public_key
    with pytest.raises(SigningKeyError, match=rf"pip install 'securesystemslib\[{extra}\]'"):
        open_signer(address, nobody, public=public)
    with pytest.raises(SigningKeyError, match="--public"):
        open_signer(address, nobody)
    with pytest.raises(SigningKeyError, match="--existing"):
        generate(address, nobody)
