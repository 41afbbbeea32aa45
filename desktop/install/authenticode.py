"""Whose Authenticode signature a Windows program carries: read and verified here, on any system.

Windows decides whether it trusts a signature's certificate (`desktop.install.win_verify_trust`); which *key*
made it, Windows does not say in one answer. So the signature is verified once more, down to the bytes of the
file: the program's digest is what was signed, and the key that signed it is the one whose certificate is
returned. A certificate that merely lies in the signature proves nothing.
"""

import hashlib
import struct
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ObjectIdentifier

from desktop.install import der

SIGNED_DATA = ObjectIdentifier("1.2.840.113549.1.7.2")
INDIRECT_DATA = ObjectIdentifier("1.3.6.1.4.1.311.2.1.4")
CONTENT_TYPE = ObjectIdentifier("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = ObjectIdentifier("1.2.840.113549.1.9.4")
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
"""SHA-1 and MD5 are not among them: others can make files with the same digest."""

_HEADER_POINTER = 0x3C
_OPTIONAL_HEADER = 24
_CHECKSUM = 64
_DIRECTORIES = {0x10B: 96, 0x20B: 112}
"""Where the data directories begin in the optional header: of 32 and of 64 bit."""
_SECURITY = 4
_CERTIFICATE = struct.Struct("<IHH")
_REVISION, _PKCS_SIGNED_DATA = 0x0200, 0x0002
_CONSTRUCTED_0 = 0xA0


class UnsignedError(Exception):
    """The program carries no signature at all."""


class BadSignatureError(Exception):
    """The program carries something that is no good signature of it."""


@dataclass(frozen=True)
class Places:
    """Where in a program the bytes are that its signature leaves out: offsets and lengths."""

    checksum: int
    entry: int
    table: int
    table_length: int


def signer_of(program: bytes) -> x509.Certificate:
    """Verify a program's signature and return the certificate of the key that made it.

    Whether anybody trusts the certificate is another question.

    Raises:
        UnsignedError: there is no signature.
        BadSignatureError: it is not a signature of these bytes.
    """
    try:
        return _signer_of(program)
    except (der.DerError, struct.error, IndexError, ValueError, InvalidSignature) as error:
        raise BadSignatureError(str(error) or type(error).__name__) from error


def spki_sha256(certificate: x509.Certificate) -> str:
    """Return the digest by which a publisher's key is known: it outlives a renewed certificate."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def _signer_of(program: bytes) -> x509.Certificate:
    places = find_places(program)
    if not places.table:
        raise UnsignedError
    signed = _signed_data(_signature(program, places))
    content, certificates, signer = _parts_of(signed)
    algorithm, digest = _digest_of_program(content)
    if program_digest(program, places, algorithm) != digest:
        raise BadSignatureError("the program was changed after it was signed")
    certificate = _certificate_of(signer, certificates)
    _verify_signer(signer, content, certificate)
    return certificate


def find_places(program: bytes) -> Places:
    """Find what a signature leaves out, and the table that holds the signature; table 0 when there is none.

    Raises:
        ValueError: this is no Windows program, or something follows its signature.
        struct.error: it is cut off.
    """
    (header,) = struct.unpack_from("<I", program, _HEADER_POINTER)
    if program[:2] != b"MZ" or program[header : header + 4] != b"PE\0\0":
        raise ValueError("not a Windows program")
    optional = header + _OPTIONAL_HEADER
    (magic,) = struct.unpack_from("<H", program, optional)
    if magic not in _DIRECTORIES:
        raise ValueError("not a Windows program of 32 or 64 bit")
    entry = optional + _DIRECTORIES[magic] + 8 * _SECURITY
    (count,) = struct.unpack_from("<I", program, optional + _DIRECTORIES[magic] - 4)
    table, length = struct.unpack_from("<II", program, entry) if count > _SECURITY else (0, 0)
    if table and table + length != len(program):
        raise ValueError("something follows the signature")
    if table and table < entry + 8:
        raise ValueError("the signature lies in the program's header")
    return Places(optional + _CHECKSUM, entry, table, length)


def program_digest(program: bytes, places: Places, algorithm: hashes.HashAlgorithm) -> bytes:
    """Return the digest of all of a program but its checksum and its signature."""
    digest = hashes.Hash(algorithm)
    digest.update(program[: places.checksum])
    digest.update(program[places.checksum + 4 : places.entry])
    digest.update(program[places.entry + 8 : places.table or len(program)])
    return digest.finalize()


def _signature(program: bytes, places: Places) -> bytes:
    length, revision, kind = _CERTIFICATE.unpack_from(program, places.table)
    if (revision, kind) != (_REVISION, _PKCS_SIGNED_DATA):
        raise BadSignatureError("a kind of signature that nobody makes")
    if not _CERTIFICATE.size < length <= places.table_length:
        raise BadSignatureError("the signature is cut off")
    return program[places.table + _CERTIFICATE.size : places.table + length]


def _signed_data(signature: bytes) -> der.Element:
    content_info = der.read_first(signature)  # what follows it fills up to eight bytes
    if _object_id(content_info.part(0, der.OBJECT_ID)) != SIGNED_DATA:
        raise BadSignatureError("no signed data")
    return content_info.part(1, _CONSTRUCTED_0).part(0, der.SEQUENCE)


def _parts_of(signed: der.Element) -> tuple[der.Element, tuple[x509.Certificate, ...], der.Element]:
    """Return what was signed, the certificates, and the one signer."""
    encapsulated = signed.part(2, der.SEQUENCE)
    if _object_id(encapsulated.part(0, der.OBJECT_ID)) != INDIRECT_DATA:
        raise BadSignatureError("something else than a program was signed")
    content = encapsulated.part(1, _CONSTRUCTED_0).part(0, der.SEQUENCE)
    certificates = tuple(
        x509.load_der_x509_certificate(element.whole)
        for element in signed.part(3, _CONSTRUCTED_0).parts()
        if element.tag == der.SEQUENCE
    )
    signers = signed.parts()[-1]
    if signers.tag != der.SET or len(signers.parts()) != 1:
        raise BadSignatureError("not one signer")
    return content, certificates, signers.part(0, der.SEQUENCE)


def _digest_of_program(content: der.Element) -> tuple[hashes.HashAlgorithm, bytes]:
    info = content.part(1, der.SEQUENCE)
    return _algorithm(info.part(0, der.SEQUENCE)), info.part(1, der.OCTETS).content


def _certificate_of(signer: der.Element, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    """Return the certificate that the signer names: by its issuer and number, not by its place."""
    name = signer.part(1, der.SEQUENCE)
    issuer, serial = name.part(0, der.SEQUENCE).whole, name.part(1, der.INTEGER).content
    number = int.from_bytes(serial, "big", signed=True)
    for certificate in certificates:
        if certificate.serial_number == number and certificate.issuer.public_bytes() == issuer:
            return certificate
    raise BadSignatureError("the signer's certificate is not there")


def _verify_signer(signer: der.Element, content: der.Element, certificate: x509.Certificate) -> None:
    algorithm = _algorithm(signer.part(2, der.SEQUENCE))
    attributes = signer.part(3, _CONSTRUCTED_0)
    if _attribute(attributes, CONTENT_TYPE, der.OBJECT_ID) != content_type_bytes():
        raise BadSignatureError("the signer signed something else than a program")
    digest = hashes.Hash(algorithm)
    digest.update(content.content)
    if _attribute(attributes, MESSAGE_DIGEST, der.OCTETS) != digest.finalize():
        raise BadSignatureError("the signer signed another program")
    signed = bytes([der.SET]) + attributes.whole[1:]
    _verify(certificate, signer.part(5, der.OCTETS).content, signed, algorithm)


def content_type_bytes() -> bytes:
    """Return the encoded name of what Authenticode signs."""
    return bytes.fromhex("2b060104018237020104")


def _verify(
    certificate: x509.Certificate, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm
) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(algorithm))
    else:
        raise BadSignatureError("a kind of key that Windows does not take")


def _attribute(attributes: der.Element, name: ObjectIdentifier, tag: int) -> bytes:
    found = [
        attribute.part(1, der.SET).part(0, tag).content
        for attribute in attributes.parts()
        if _object_id(attribute.part(0, der.OBJECT_ID)) == name
    ]
    if len(found) != 1:
        raise BadSignatureError(f"the signer did not sign one {name.dotted_string}")
    return found[0]


def _algorithm(identifier: der.Element) -> hashes.HashAlgorithm:
    name = _object_id(identifier.part(0, der.OBJECT_ID)).dotted_string
    if name not in DIGESTS:
        raise BadSignatureError(f"digests of kind {name} are not taken")
    return DIGESTS[name]


def _object_id(element: der.Element) -> ObjectIdentifier:
    numbers, value = [], 0
    for byte in element.content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers or element.content[-1] & 0x80:
        raise der.DerError("not an object's name")
    first = min(numbers[0] // 40, 2)
    return ObjectIdentifier(".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:]))))
