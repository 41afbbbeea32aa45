"""A publisher of one's own: a throw-away authority, its certificates, a small Windows program to sign."""

import datetime
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNED_AT = 1_790_000_000
"""Seconds since 1970, inside of the certificates' time."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, as files."""

    certificate: x509.Certificate
    certificate_file: Path
    key_file: Path


class Authority:
    """Makes certificates that nobody outside of a test trusts."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        """Make the authority's own certificate in this folder."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._key: PrivateKey = ec.generate_private_key(ec.SECP256R1())
        self._certificate = self._certify(name, self._key, None, None)
        self.file = self._write("authority.pem", self._certificate.public_bytes(Encoding.PEM))

    def publisher(self, name: str, *, elliptic: bool = False) -> Identity:
        """Make somebody who signs programs."""
        return self._identity(name, ExtendedKeyUsageOID.CODE_SIGNING, elliptic=elliptic)

    def timestamper(self, name: str = "Test clock") -> Identity:
        """Make somebody who says when something was signed."""
        return self._identity(name, ExtendedKeyUsageOID.TIME_STAMPING, elliptic=False)

    def _identity(self, name: str, usage: x509.ObjectIdentifier, *, elliptic: bool) -> Identity:
        key: PrivateKey = (
            ec.generate_private_key(ec.SECP256R1())
            if elliptic
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        certificate = self._certify(name, key, usage, self._certificate)
        file = name.lower().replace(" ", "-")
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return Identity(
            certificate,
            self._write(f"{file}.pem", certificate.public_bytes(Encoding.PEM)),
            self._write(f"{file}.key", pem),
        )

    def _write(self, name: str, data: bytes) -> Path:
        file = self._folder / name
        file.write_bytes(data)
        return file

    def _certify(
        self,
        name: str,
        key: PrivateKey,
        usage: x509.ObjectIdentifier | None,
        issuer: x509.Certificate | None,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(_serial_number())
            .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
            .not_valid_after(datetime.datetime(2049, 1, 1, tzinfo=datetime.UTC))
            .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
        )
        if usage is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        return builder.sign(self._key, hashes.SHA256())


def _serial_number() -> int:
    """Return a number that is always as long, so that a test can put one in another's place."""
    return x509.random_serial_number() % 2**152 + 2**157


def small_program(body: bytes = b"\xc3") -> bytes:
    """Return a Windows program of 64 bit, as small as one gets, that ends at once.

    Args:
        body: its machine code, 512 bytes at most.
    """
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        *(0x20B, 0, 0, 512, 0, 0, 0x1000, 0x1000, 0x140000000, 0x1000, 512),
        *(6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0, 2, 0, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16),
    ) + bytes(8 * 16)
    section = b".text\0\0\0" + struct.pack("<IIIIIIHHI", len(body), 0x1000, 512, 512, 0, 0, 0, 0, 0x60000020)
    return (dos + coff + optional + section).ljust(512, b"\0") + body.ljust(512, b"\0")
