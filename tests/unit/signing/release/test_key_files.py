import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing.release import key_files
from signing.release.errors import SigningKeyError

PASSPHRASE = "a long enough passphrase"


@pytest.mark.parametrize("key", [Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())])
def test_a_key_is_kept_encrypted_for_its_owner_alone(tmp_path: Path, key: key_files.PrivateKey) -> None:
    path = tmp_path / "keys" / "anna.pem"
    key_files.write(path, key, PASSPHRASE)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED")
    again = key_files.read(path, lambda: PASSPHRASE)
    assert again.public_key() == key.public_key()


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "anna.pem"
    key_files.write(path, Ed25519PrivateKey.generate(), PASSPHRASE)
    before = path.read_bytes()
    with pytest.raises(SigningKeyError, match="never written over"):
        key_files.write(path, Ed25519PrivateKey.generate(), PASSPHRASE)
    assert path.read_bytes() == before


def test_a_short_passphrase_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="at least 12"):
        key_files.write(tmp_path / "anna.pem", Ed25519PrivateKey.generate(), "short")
    assert not (tmp_path / "anna.pem").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o601])
def test_a_key_that_others_may_read_is_refused_before_the_passphrase_is_asked(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "anna.pem"
    key_files.write(path, Ed25519PrivateKey.generate(), PASSPHRASE)
    path.chmod(mode)
    with pytest.raises(SigningKeyError, match="chmod 600"):
        key_files.read(path, lambda: pytest.fail("asked"))


def test_a_key_that_is_not_encrypted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anna.pem"
    path.touch(0o600)
    plain = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(plain)
    with pytest.raises(SigningKeyError, match="not an encrypted"):
        key_files.read(path, lambda: PASSPHRASE)


def test_a_wrong_passphrase_and_another_kind_of_key_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "anna.pem"
    key_files.write(path, Ed25519PrivateKey.generate(), PASSPHRASE)
    with pytest.raises(SigningKeyError, match="wrong passphrase"):
        key_files.read(path, lambda: "another long passphrase")
    with pytest.raises(SigningKeyError, match="cannot be read"):
        key_files.read(tmp_path / "nobody.pem", lambda: PASSPHRASE)
    large = generate_private_key(SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(SigningKeyError, match="neither"):
        key_files.parse(large, None, "a key")
