"""Public keys: which are believed, what they are called, and how many of them signed."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.signer import CryptoSigner

from signing.keys import _P, _WEAK, ECDSA_P256, ED25519, KeyRefusedError, PublicKey, signers, tuf_keyid

DATA = b"what was signed"
MAKERS = [CryptoSigner.generate_ed25519, CryptoSigner.generate_ecdsa]


def _key(signer: CryptoSigner, keyid: str | None = None) -> PublicKey:
    theirs = signer.public_key
    return PublicKey.of(theirs.keytype, theirs.scheme, theirs.keyval["public"], keyid)


def _signature(signer: CryptoSigner, data: bytes = DATA) -> bytes:
    return bytes.fromhex(signer.sign(data).signature)


@pytest.mark.parametrize("maker", MAKERS)
def test_a_key_verifies_what_it_signed_and_nothing_else(maker) -> None:  # type: ignore[no-untyped-def]  # two makers
    signer = maker()
    key = _key(signer)
    assert key.verify(_signature(signer), DATA)
    assert not key.verify(_signature(signer), DATA + b".")
    assert not key.verify(_signature(maker()), DATA)
    assert not key.verify(b"", DATA)


@pytest.mark.parametrize("maker", MAKERS)
def test_it_is_called_what_tuf_calls_it(maker) -> None:  # type: ignore[no-untyped-def]  # two makers
    theirs = maker().public_key
    assert tuf_keyid(theirs.keytype, theirs.scheme, theirs.keyval["public"]) == theirs.keyid
    assert PublicKey.of(theirs.keytype, theirs.scheme, theirs.keyval["public"]).to_tuf() == theirs.to_dict()


def test_other_kinds_are_refused() -> None:
    rsa = CryptoSigner.generate_rsa().public_key
    p384 = generate_private_key(SECP384R1()).public_key()
    pem = p384.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    for keytype, scheme, public in (
        (rsa.keytype, rsa.scheme, rsa.keyval["public"]),
        (*ECDSA_P256, rsa.keyval["public"]),
        (*ECDSA_P256, pem),
        (*ECDSA_P256, "no key"),
        (*ED25519, pem),
        (*ED25519, "00"),
        ("ed25519", "ecdsa-sha2-nistp256", "00" * 32),
    ):
        with pytest.raises(KeyRefusedError):
            PublicKey.of(keytype, scheme, public)


def test_one_key_counts_once_whatever_it_is_called() -> None:
    one, other = CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa()
    keys = {"a": _key(one, "a"), "b": _key(one, "b"), "c": _key(other, "c")}
    mine, theirs = _signature(one), _signature(other)
    assert len(signers(DATA, [("a", mine), ("b", mine), ("a", mine)], keys)) == 1
    assert len(signers(DATA, [("a", mine), ("c", theirs)], keys)) == 2
    assert not signers(DATA, [("c", mine), ("unknown", theirs)], keys)


@pytest.mark.parametrize("y", [*_WEAK, _P, _P + 1])
def test_a_key_that_anybody_can_sign_for_is_none(y: int) -> None:
    public = y.to_bytes(32, "little")
    with pytest.raises(KeyRefusedError):
        PublicKey.of(*ED25519, public.hex())


def test_a_key_on_a_curve_that_nobody_knows_is_refused() -> None:
    known = generate_private_key(SECP256R1()).public_key()
    der = known.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    other = base64.encodebytes(
        der.replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030106"))
    )
    pem = f"-----BEGIN PUBLIC KEY-----\n{other.decode()}-----END PUBLIC KEY-----\n"
    with pytest.raises(KeyRefusedError):
        PublicKey.of(*ECDSA_P256, pem)
