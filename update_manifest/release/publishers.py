"""Who publishes the programs of a release: what its `codesign` says."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import ValidationError

from update_manifest.release.errors import NotDoneError
from update_manifest.releases import CodeSign

_PEM = b"-----BEGIN CERTIFICATE-----"


def gather(
    files: Sequence[Path], certificates: Sequence[Path], keys: Sequence[str], team: str | None
) -> CodeSign:
    """Return what a release says of its publishers, of all that was given.

    Args:
        files: `codesign-PLATFORM.json`, as `build.py installer --only-programs` writes them.
        certificates: of Windows publishers; PEM, the publisher's first, or DER.
        keys: digests of the keys of Windows publishers.
        team: of macOS.

    Raises:
        NotDoneError: one of them cannot be read, or two of them name different teams.
    """
    read = [_read(file) for file in files]
    found = [*keys, *(key_of(file) for file in certificates)]
    found += [key for one in read for key in one.windows_spki_sha256]
    teams = {one.macos_team for one in read if one.macos_team} | ({team} if team else set())
    if len(teams) > 1:
        raise NotDoneError(f"one release has one team of macOS, not {', '.join(sorted(teams))}")
    try:
        return CodeSign(windows_spki_sha256=tuple(dict.fromkeys(found)), macos_team=next(iter(teams), None))
    except ValidationError:
        raise NotDoneError("a publisher's key is 64 digits and letters a to f; a team has ten") from None


def key_of(file: Path) -> str:
    """Return the digest by which a client knows the publisher's key: it outlives a renewed certificate.

    Raises:
        NotDoneError: there is no certificate in it, or it is an authority's, which signs no programs.
    """
    content = file.read_bytes()
    try:
        load = x509.load_pem_x509_certificate if _PEM in content else x509.load_der_x509_certificate
        certificate = load(content)
    except ValueError:
        raise NotDoneError(f"{file} has no certificate") from None
    if _is_authority(certificate):
        raise NotDoneError(f"{file} begins with an authority's certificate; the publisher's comes first")
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(key).hexdigest()


def fault(platform: str, version: str, codesign: CodeSign) -> str | None:
    """Return what is wrong when programs of this system name no publisher."""
    if platform.startswith("windows") and not codesign.windows_spki_sha256:
        return f"{version} says no publisher of its Windows programs; or say --unsigned-programs"
    if platform.startswith("macos") and codesign.macos_team is None:
        return f"{version} says no team of its macOS programs; or say --unsigned-programs"
    return None


def _read(file: Path) -> CodeSign:
    try:
        return CodeSign.model_validate_json(file.read_bytes())
    except ValidationError:
        raise NotDoneError(f"{file} does not say who signed programs") from None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
