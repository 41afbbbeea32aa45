"""Signatures of real programs, made by osslsigncode, and what becomes of them when somebody tampers."""

import struct

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.install.authenticode import (
    INDIRECT_DATA,
    BadSignatureError,
    UnsignedError,
    content_type_bytes,
    find_places,
    signer_of,
    spki_sha256,
)
from tests.support.code_signing import Identity
from tests.unit.desktop.install.conftest import Publishers


def test_the_signer_is_who_signed(publishers: Publishers) -> None:
    assert signer_of(publishers.by_ours) == publishers.ours.certificate
    assert signer_of(publishers.by_others) == publishers.others.certificate
    assert signer_of(publishers.by_elliptic) == publishers.elliptic.certificate
    assert len({spki_sha256(who.certificate) for who in (publishers.ours, publishers.others)}) == 2


def test_an_unsigned_program_is_not_a_badly_signed_one(publishers: Publishers) -> None:
    with pytest.raises(UnsignedError):
        signer_of(publishers.unsigned)


def test_a_byte_changed_anywhere_is_noticed(publishers: Publishers) -> None:
    """But for the checksum and the name of the signature's place, which no signature covers."""
    program = publishers.by_ours
    places = find_places(program)
    left_out = {*range(places.checksum, places.checksum + 4)}
    for at in range(0, places.table, 7):
        if at in left_out:
            continue
        with pytest.raises((BadSignatureError, UnsignedError)):
            signer_of(_with(program, at, bytes([program[at] ^ 1])))


def test_a_signature_moved_to_another_program_is_refused(publishers: Publishers) -> None:
    program, places = publishers.by_ours, find_places(publishers.by_ours)
    other = bytearray(program)
    other[600] ^= 0xFF
    with pytest.raises(BadSignatureError, match="changed after it was signed"):
        signer_of(bytes(other))
    assert places.table + places.table_length == len(program)


def test_our_certificate_laid_into_somebody_elses_signature_makes_it_not_ours(publishers: Publishers) -> None:
    """The certificates in a signature are a bag: who signed is whom the signer names and whose key fits."""
    program = publishers.by_others_with_ours
    assert publishers.ours.certificate.public_bytes(Encoding.DER) in program
    assert signer_of(program) == publishers.others.certificate


def test_a_signer_who_names_our_certificate_needs_our_key(publishers: Publishers) -> None:
    def named(identity: Identity) -> bytes:
        number = identity.certificate.serial_number
        return b"\x02\x14" + number.to_bytes(20, "big")

    ours, others = named(publishers.ours), named(publishers.others)
    program = publishers.by_others_with_ours
    at = program.rindex(others)  # the signer comes after the certificates
    with pytest.raises(BadSignatureError):
        signer_of(_with(program, at, ours))


def test_what_follows_the_signature_is_refused(publishers: Publishers) -> None:
    with pytest.raises(BadSignatureError, match="follows"):
        signer_of(publishers.by_ours + b"more")


@pytest.mark.parametrize("length", [0, 1, 64, 200, 600, 1100, 1500])
def test_a_program_that_is_cut_off_is_refused(publishers: Publishers, length: int) -> None:
    with pytest.raises((BadSignatureError, UnsignedError)):
        signer_of(publishers.by_ours[:length])


def test_a_signature_that_lies_in_the_header_is_refused(publishers: Publishers) -> None:
    program, places = publishers.by_ours, find_places(publishers.by_ours)
    moved = _with(program, places.entry, struct.pack("<II", 8, len(program) - 8))
    with pytest.raises(BadSignatureError, match="header"):
        signer_of(moved)


def test_a_weak_digest_is_refused(publishers: Publishers) -> None:
    sha256 = bytes.fromhex("608648016503040201")
    program = publishers.by_ours.replace(sha256, bytes.fromhex("608648016503040204"))  # SHA-224
    with pytest.raises(BadSignatureError, match="not taken"):
        signer_of(program)


def test_the_name_of_what_is_signed_is_spelt_right() -> None:
    numbers = [43, *(int(part) for part in INDIRECT_DATA.dotted_string.split(".")[2:])]
    spelt = b"".join(_base128(number) for number in numbers)
    assert spelt == content_type_bytes()


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(number & 0x7F | 0x80)
    return bytes(reversed(digits))


def _with(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]
